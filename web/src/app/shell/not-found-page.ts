// An address that leads nowhere, and the way back: members to the schedule, staff to their sessions.
import { Component, inject } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { Empty } from '../ui/empty.ts'

@Component({
  selector: 'app-not-found-page',
  imports: [Empty, MatButton, RouterLink],
  template: `
    <div class="page narrow stack">
      <h1>There is nothing here</h1>
      <app-empty icon="search" title="This address leads nowhere">
        <span>It may have been mistyped, or what was here is gone.</span>
        <a matButton="filled" [routerLink]="atDesk ? '/staff' : '/'">{{ atDesk ? 'All sessions' : 'Browse classes' }}</a>
      </app-empty>
    </div>
  `,
})
export class NotFoundPage {
  protected readonly atDesk = inject(Router).url.startsWith('/staff')
}
