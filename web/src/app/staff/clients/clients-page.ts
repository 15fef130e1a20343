// Clients: find one, see what pays for them, give credits with a reason.
import { Component, computed, inject, input } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import type { Client } from '@fitflow/contract/clients.ts'
import { plain } from '../../api/amounts.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Face } from '../../ui/face.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { SearchBox } from '../../ui/search-box.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { ClientDialog } from './client-dialog.ts'

@Component({
  selector: 'app-clients-page',
  imports: [Empty, Face, MatButton, RefusalBox, RouterLink, SearchBox, Skeleton],
  templateUrl: './clients-page.html',
  styleUrl: './clients-page.css',
})
export class ClientsPage {
  private readonly router = inject(Router)
  private readonly dialog = inject(MatDialog)
  protected readonly when = inject(When)
  protected readonly plain = plain

  readonly search = input<string>()
  protected readonly list = pages<Client>(() => `/admin/clients?limit=50${this.search() ? `&search=${encodeURIComponent(this.search() ?? '')}` : ''}`)
  protected readonly nothingFound = computed(() => this.list.items().length === 0)

  protected look(search: string): void {
    void this.router.navigate([], { queryParams: { search: search || null }, replaceUrl: true })
  }

  protected open(client: Client): void {
    const opened = this.dialog.open<ClientDialog, Client, boolean>(ClientDialog, {
      data: client,
      width: '560px',
      maxWidth: '94vw',
      maxHeight: '92dvh',
      autoFocus: 'dialog',
    })
    opened.afterClosed().subscribe((changed) => {
      if (changed) this.list.first.reload()
    })
  }
}
