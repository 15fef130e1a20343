// One client on one page: what pays for them, where they are going, where they wait, and every move of their credits.
import { Component, computed, effect, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { counted, moneyOf } from '../../api/amounts.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Opening } from '../../ui/desk/opening.ts'
import { Empty } from '../../ui/empty.ts'
import { Face } from '../../ui/face.ts'
import { Icon } from '../../ui/icon.ts'
import { LedgerLine } from '../../ui/ledger-line.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { BookIntoClassDialog } from './book-into-class-dialog.ts'
import { ClientBookings } from './client-bookings.ts'
import { ClientFile } from './client-file.ts'
import { ClientLots } from './client-lots.ts'
import { ClientStanding } from './client-standing.ts'

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`)

@Component({
  selector: 'app-client-page',
  imports: [ClientBookings, ClientLots, ClientStanding, Empty, Face, Icon, LedgerLine, MatButton, RefusalBox, RouterLink, Skeleton],
  providers: [ClientFile],
  templateUrl: './client-page.html',
  styleUrl: './client-page.css',
})
export class ClientPage {
  private readonly opening = inject(Opening)
  protected readonly file = inject(ClientFile)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)
  readonly id = input.required<string>()

  protected readonly figures = computed(() => {
    const attendance = this.file.profile.value()?.attendance
    if (!attendance) return []
    const { attended, noShows, lateCancels, earlyCancels, attendanceRate } = attendance
    return [
      { name: 'Comes', value: percent(attendanceRate) },
      { name: 'Attended', value: attended },
      { name: 'Missed', value: noShows },
      { name: 'Cancelled late', value: lateCancels },
      { name: 'Cancelled in time', value: earlyCancels },
    ]
  })
  protected readonly strikes = computed(() => {
    const strikes = this.file.standing.value()?.strikes
    return strikes && strikes.counting > 0 ? `${counted(strikes.counting, 'strike')} of ${strikes.max}` : ''
  })
  protected readonly owed = computed(() => (this.file.standing.value()?.owed ?? []).map(moneyOf).join(' and '))

  constructor() {
    titled(() => this.file.name())
    effect(() => this.file.id.set(this.id()))
  }

  protected async book(): Promise<void> {
    const client = this.file.profile.value()
    if (client && (await this.opening.toDo(BookIntoClassDialog, client))) this.file.reload()
  }
}
