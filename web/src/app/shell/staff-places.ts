// Every place of the staff's: all of them in the rail; on the phone's bar those gone to often, the others unfold above it.
import { Component, computed, inject, signal } from '@angular/core'
import { Router, RouterLink, RouterLinkActive } from '@angular/router'
import { Who } from '../auth/who.ts'
import { Icon } from '../ui/icon.ts'
import type { IconName } from '../ui/icons.ts'

interface Place {
  label: string
  link: string
  icon: IconName
  /** On the phone's bar; the others are one tap further. */
  often?: boolean
  adminOnly?: boolean
}

const places: Place[] = [
  { label: 'Sessions', link: '/staff', icon: 'schedule', often: true },
  { label: 'Calendar', link: '/staff/calendar', icon: 'calendarMonth', often: true },
  { label: 'Clients', link: '/staff/clients', icon: 'groups', often: true },
  { label: '1:1s', link: '/staff/one-to-ones', icon: 'eventAvailable', often: true },
  { label: 'Live board', link: '/staff/board', icon: 'dashboard' },
  { label: 'Series', link: '/staff/series', icon: 'eventRepeat' },
  { label: 'Templates', link: '/staff/templates', icon: 'category' },
  { label: 'Closures', link: '/staff/closures', icon: 'eventBusy' },
  { label: 'People', link: '/staff/people', icon: 'manageAccounts', adminOnly: true },
  { label: 'Webhooks', link: '/staff/webhooks', icon: 'webhook', adminOnly: true },
  { label: 'Dead letters', link: '/staff/dead-letters', icon: 'report', adminOnly: true },
  { label: 'Daily check', link: '/staff/daily-check', icon: 'verified', adminOnly: true },
  { label: 'Messages', link: '/staff/messages', icon: 'mail', adminOnly: true },
  { label: 'Settings', link: '/staff/settings', icon: 'settings', adminOnly: true },
]

@Component({
  selector: 'app-staff-places',
  imports: [Icon, RouterLink, RouterLinkActive],
  templateUrl: './staff-places.html',
  styleUrl: './staff-places.css',
})
export class StaffPlaces {
  private readonly router = inject(Router)
  private readonly who = inject(Who)
  protected readonly places = computed(() => places.filter((place) => !place.adminOnly || this.who.isAdmin()))
  /** Whether the phone's bar shows every place. */
  protected readonly unfolded = signal(false)

  /** The list and one session belong to the same place. */
  protected isHere(place: Place, active: boolean): boolean {
    if (place.link !== '/staff') return active
    const path = this.router.url.split('?')[0] ?? ''
    return path === '/staff' || path.startsWith('/staff/sessions')
  }
}
