// The day as it happens: every session of today with who is booked, held, waiting and here, to be left open at the desk.
import { Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { minuteMs, nowMs } from '../../api/clock.ts'
import { live, wholeList } from '../../api/live.ts'
import { News, ofClasses } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { BoardTile } from './board-tile.ts'

const shown = (session: StaffSession): boolean => session.status !== 'cancelled' && session.status !== 'draft'

@Component({
  selector: 'app-board-page',
  imports: [BoardTile, Empty, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './board-page.html',
  styleUrl: './board-page.css',
})
export class BoardPage {
  protected readonly when = inject(When)
  protected readonly news = inject(News)

  private readonly path = computed(() => (this.when.known() ? `/admin/sessions?from=${this.when.today()}&to=${this.when.today()}&limit=200` : undefined))
  protected readonly list = live<StaffSession[]>(this.path, { everySeconds: 5, hears: ofClasses, read: wholeList<StaffSession>() })
  protected readonly clock = computed(() => this.when.hour(new Date(minuteMs()).toISOString()))

  private readonly today = computed(() => (this.list.value() ?? []).filter(shown))
  protected readonly groups = computed(() => {
    const groups = { 'On now': [] as StaffSession[], 'Coming up': [] as StaffSession[], Over: [] as StaffSession[] }
    for (const session of this.today()) groups[this.groupOf(session)].push(session)
    return Object.entries(groups).filter(([, sessions]) => sessions.length > 0)
  })
  /** The day in five numbers. */
  protected readonly figures = computed(() => {
    const sum = (of: (session: StaffSession) => number): number => this.today().reduce((all, session) => all + of(session), 0)
    return [
      { name: 'Booked', value: sum((one) => one.booked), of: sum((one) => one.capacity) },
      { name: 'Here', value: sum((one) => one.arrived) },
      { name: 'Held', value: sum((one) => one.held) },
      { name: 'Waiting', value: sum((one) => one.waitlistLength) },
      { name: 'Free', value: sum((one) => (Date.parse(one.startsAt) > nowMs() ? one.spotsLeft : 0)) },
    ]
  })

  private groupOf({ startsAt, endsAt }: StaffSession): 'On now' | 'Coming up' | 'Over' {
    if (Date.parse(startsAt) > nowMs()) return 'Coming up'
    return Date.parse(endsAt) > nowMs() ? 'On now' : 'Over'
  }
}
