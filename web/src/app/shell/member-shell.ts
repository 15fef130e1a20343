// The member's frame: a quiet head, and on the phone a bar with four places within the thumb's reach.
import { Component, computed, inject } from '@angular/core'
import { RouterLink, RouterLinkActive, RouterOutlet, type IsActiveMatchOptions } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { StudioFace } from '../api/studio.ts'
import { Who } from '../auth/who.ts'
import { Face } from '../ui/face.ts'
import { Icon } from '../ui/icon.ts'
import type { IconName } from '../ui/icons.ts'
import { Mark } from '../ui/mark.ts'

interface Place {
  label: string
  link: string
  icon: IconName
  chosen: IconName
}

const places: Place[] = [
  { label: 'Browse', link: '/', icon: 'calendarMonth', chosen: 'calendarMonthFill' },
  { label: 'Bookings', link: '/bookings', icon: 'confirmationNumber', chosen: 'confirmationNumberFill' },
  { label: 'Credits', link: '/credits', icon: 'toll', chosen: 'tollFill' },
  { label: 'Me', link: '/me', icon: 'person', chosen: 'personFill' },
]

@Component({
  selector: 'app-member-shell',
  imports: [Face, Icon, Mark, MatButton, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './member-shell.html',
  styleUrl: './member-shell.css',
})
export class MemberShell {
  protected readonly studio = inject(StudioFace)
  protected readonly who = inject(Who)
  protected readonly places = places
  /** The schedule keeps its day and filters in the query, which must not unmark its place. */
  protected readonly exactPath: IsActiveMatchOptions = { paths: 'exact', queryParams: 'ignored', fragment: 'ignored', matrixParams: 'ignored' }
  protected readonly prefix = { exact: false }
  protected readonly visitor = computed(() => this.who.me() === null)
}
