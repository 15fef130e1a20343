// Users and roles: who may do what, and who teaches.
import { Component, computed, inject, input } from '@angular/core'
import { Router } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import type { Role, User } from '@fitflow/contract/identity.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Face } from '../../ui/face.ts'
import { Paged } from '../../ui/paged.ts'
import { SearchBox } from '../../ui/search-box.ts'
import { PersonDialog } from './person-dialog.ts'
import { roleNames, roles } from './role-names.ts'

@Component({
  selector: 'app-people-page',
  imports: [Empty, Face, MatButton, Paged, SearchBox],
  templateUrl: './people-page.html',
  styles: `
    @media (max-width: 720px) {
      .opt,
      .person app-face {
        display: none;
      }
    }
  `,
})
export class PeoplePage {
  private readonly router = inject(Router)
  private readonly dialog = inject(MatDialog)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)
  protected readonly roles = roles
  protected readonly roleNames = roleNames

  readonly search = input<string>()
  readonly role = input<string>()
  protected readonly shownRole = computed(() => roles.find((role) => role === this.role()))
  protected readonly list = pages<User>(() => {
    const query = new URLSearchParams({ limit: '50' })
    const search = this.search()
    const role = this.shownRole()
    if (search) query.set('search', search)
    if (role) query.set('role', role)
    return `/admin/users?${query}`
  })

  protected look(search: string): void {
    void this.router.navigate([], { queryParams: { search: search || null }, queryParamsHandling: 'merge', replaceUrl: true })
  }

  protected chooseRole(role: Role | null): void {
    void this.router.navigate([], { queryParams: { role }, queryParamsHandling: 'merge', replaceUrl: true })
  }

  protected open(user: User): void {
    const opened = this.dialog.open<PersonDialog, User, boolean>(PersonDialog, { data: user, width: '520px', maxWidth: '94vw', autoFocus: 'dialog' })
    opened.afterClosed().subscribe((changed) => {
      if (changed) this.list.first.reload()
    })
  }
}
