// Clients: find one by name or by what they have, and go to their page.
import { Component, computed, inject, input } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Client } from '@fitflow/contract/clients.ts'
import { plain } from '../../api/amounts.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Face } from '../../ui/face.ts'
import { Paged } from '../../ui/paged.ts'
import { SearchBox } from '../../ui/search-box.ts'

const here = '/staff/clients'

interface Kind {
  key: string
  name: string
  query: Record<string, string>
}

const everybody: Kind = { key: '', name: 'Everybody', query: {} }
/** Whom one looks for, beside a name. */
const kinds: readonly Kind[] = [
  everybody,
  { key: 'credits', name: 'With credits', query: { has: 'credits' } },
  { key: 'unlimited', name: 'Unlimited', query: { has: 'unlimited' } },
  { key: 'expiring', name: 'Ending soon', query: { has: 'expiring' } },
  { key: 'nothing', name: 'With nothing', query: { has: 'nothing' } },
  { key: 'blocked', name: 'Blocked', query: { blocked: 'true' } },
]

@Component({
  selector: 'app-clients-page',
  imports: [Empty, Face, MatButton, Paged, RouterLink, SearchBox],
  templateUrl: './clients-page.html',
  styleUrl: './clients-page.css',
})
export class ClientsPage {
  private readonly router = inject(Router)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)
  protected readonly plain = plain

  readonly search = input<string>()
  readonly show = input<string>()
  protected readonly kinds = kinds
  protected readonly shown = computed(() => kinds.find(({ key }) => key === this.show()) ?? everybody)
  protected readonly list = pages<Client>(() => {
    const query = new URLSearchParams({ limit: '50', ...this.shown().query })
    const search = this.search()
    if (search) query.set('search', search)
    return `/admin/clients?${query}`
  })
  /** What nothing means, and what to do about it: a trainer sees their own clients, and books anybody. */
  protected readonly hint = computed(() => {
    if (this.search() && this.who.isAdmin()) return 'Try a part of the name, or the e-mail address.'
    if (this.search()) return 'You can book anybody else into a class of yours: open it, choose “Book a client”, and type three letters of their name.'
    if (this.shown().key) return 'Nobody is in this state right now.'
    return this.who.isAdmin() ? 'People who sign up show here.' : 'Whoever books a class of yours shows here.'
  })
  protected readonly nothingFound = computed(() => this.list.items().length === 0)

  protected look(search: string): void {
    // Whoever has chosen somebody is on their way: what they typed last does not call them back.
    const to = this.router.currentNavigation()?.extractedUrl.toString() ?? here
    if (to.split('?')[0] !== here) return
    void this.router.navigate([], { queryParams: { search: search || null }, queryParamsHandling: 'merge', replaceUrl: true })
  }

  protected choose(key: string): void {
    void this.router.navigate([], { queryParams: { show: key || null }, queryParamsHandling: 'merge', replaceUrl: true })
  }
}
