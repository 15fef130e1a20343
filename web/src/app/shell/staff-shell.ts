// The staff's frame: a rail at the side with the whole house in it, a bar below on the phone, and a search for people.
import { Component, computed, inject, signal } from '@angular/core'
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router'
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
  adminOnly?: boolean
}

const places: Place[] = [
  { label: 'Sessions', link: '/staff', icon: 'schedule' },
  { label: 'Calendar', link: '/staff/calendar', icon: 'calendarMonth' },
  { label: 'Templates', link: '/staff/templates', icon: 'category' },
  { label: 'Series', link: '/staff/series', icon: 'eventRepeat' },
  { label: '1:1s', link: '/staff/one-to-ones', icon: 'eventAvailable' },
  { label: 'Closures', link: '/staff/closures', icon: 'eventBusy' },
  { label: 'Clients', link: '/staff/clients', icon: 'groups' },
  { label: 'People', link: '/staff/people', icon: 'manageAccounts', adminOnly: true },
  { label: 'Settings', link: '/staff/settings', icon: 'settings', adminOnly: true },
]

@Component({
  selector: 'app-staff-shell',
  imports: [Face, Icon, Mark, RouterLink, RouterLinkActive, RouterOutlet],
  templateUrl: './staff-shell.html',
  styleUrl: './staff-shell.css',
})
export class StaffShell {
  private readonly router = inject(Router)
  protected readonly studio = inject(StudioFace)
  protected readonly who = inject(Who)
  protected readonly sought = signal('')
  protected readonly places = computed(() => places.filter((place) => !place.adminOnly || this.who.isAdmin()))
  protected readonly roleName = computed(() => (this.who.isAdmin() ? 'Admin' : 'Trainer'))

  protected find(event: Event): void {
    event.preventDefault()
    void this.router.navigate(['/staff/clients'], { queryParams: { search: this.sought().trim() || null } })
  }

  /** On the phone the bar is wider than the screen. */
  protected bringIntoSight(active: boolean, link: HTMLElement): void {
    if (active) link.scrollIntoView({ block: 'nearest', inline: 'center' })
  }

  /** The list and one session belong to the same place. */
  protected isHere(place: Place, active: boolean): boolean {
    if (place.link !== '/staff') return active
    const path = this.router.url.split('?')[0] ?? ''
    return path === '/staff' || path.startsWith('/staff/sessions')
  }
}
