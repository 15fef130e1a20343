// One session from the inside: who has a spot, who holds one, who waits, and what can be changed about it.
import { Component, computed, inject, input, type Type } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import { firstValueFrom } from 'rxjs'
import type { Roster } from '@fitflow/contract/booking.ts'
import type { SessionChange, StaffSession } from '@fitflow/contract/sessions.ts'
import { nowMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { ofClass } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Who } from '../../auth/who.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { BookClientDialog, type ClientBooking } from './book-client-dialog.ts'
import { ChangeDialog, type Changing } from './change-dialog.ts'
import type { ChangeKind } from './change-words.ts'
import { RosterTable } from './roster-table.ts'
import { deedsOf } from './session-deeds.ts'
import { SessionWaitlist } from './session-waitlist.ts'
import { statusWords } from '../../ui/desk/session-words.ts'

@Component({
  selector: 'app-session-page',
  imports: [Icon, MatButton, RefusalBox, RosterTable, RouterLink, SessionWaitlist, Skeleton],
  templateUrl: './session-page.html',
  styleUrls: ['../../ui/desk/time-head.css', './session-page.css'],
})
export class SessionPage {
  private readonly dialog = inject(MatDialog)
  protected readonly who = inject(Who)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)

  readonly id = input.required<string>()
  protected readonly page = live<StaffSession>(() => (this.when.known() ? `/admin/sessions/${this.id()}` : undefined), { everySeconds: 5, hears: ofClass(this.id) })
  protected readonly roster = live<Roster>(() => `/admin/sessions/${this.id()}/roster`, { everySeconds: 5, hears: ofClass(this.id) })
  protected readonly publishing = command()

  protected readonly status = computed(() => statusWords[this.page.value()?.status ?? 'draft'])
  protected readonly can = computed(() => {
    const session = this.page.value()
    return session ? deedsOf(session, nowMs()) : new Set<never>()
  })

  constructor() {
    titled(() => this.page.value()?.name)
  }

  /** As it stands on the page: what somebody has changed since is shown first. */
  protected async publish({ version }: StaffSession): Promise<void> {
    const body: SessionChange = { status: 'published' }
    const done = await this.publishing.send<StaffSession>({ method: 'PATCH', path: `/admin/sessions/${this.id()}`, body, version })
    if (done) this.notice.say('Published. Members can book it.')
    this.reload()
  }

  protected async change(session: StaffSession, kind: ChangeKind): Promise<void> {
    await this.open<ChangeDialog, Changing>(ChangeDialog, { session, kind })
  }

  protected async book(session: StaffSession, squeeze: boolean): Promise<void> {
    await this.open<BookClientDialog, ClientBooking>(BookClientDialog, { session, squeeze })
  }

  /** What was done is said in the words the dialog ends with. */
  private async open<Dialog, Of>(dialog: Type<Dialog>, data: Of): Promise<void> {
    const opened = this.dialog.open<Dialog, Of, string>(dialog, { data, maxWidth: '94vw', autoFocus: 'dialog' })
    const told = await firstValueFrom(opened.afterClosed())
    if (!told) return
    this.notice.say(told)
    this.reload()
  }

  protected reload(): void {
    this.page.reload()
    this.roster.reload()
  }
}
