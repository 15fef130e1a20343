// One session from the inside: who has a spot, who holds one, who waits, and what can be changed about it.
import { Component, computed, inject, input, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Roster } from '@fitflow/contract/booking.ts'
import type { SessionChange, StaffSession } from '@fitflow/contract/sessions.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { ChangeSession } from './change-session.ts'
import { RosterTable } from './roster-table.ts'
import { statusWords } from './session-words.ts'

@Component({
  selector: 'app-session-page',
  imports: [ChangeSession, Icon, MatButton, RefusalBox, RosterTable, RouterLink, Skeleton],
  templateUrl: './session-page.html',
  styleUrl: './session-page.css',
})
export class SessionPage {
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)

  readonly id = input.required<string>()
  protected readonly page = live<StaffSession>(() => (this.when.known() ? `/admin/sessions/${this.id()}` : undefined), { everySeconds: 5 })
  protected readonly roster = live<Roster>(() => `/admin/sessions/${this.id()}/roster`, { everySeconds: 5 })
  protected readonly moving = command()
  protected readonly changing = signal(false)

  protected readonly status = computed(() => statusWords[this.page.value()?.status ?? 'draft'])
  protected readonly editable = computed(() => ['draft', 'published'].includes(this.page.value()?.status ?? ''))
  protected readonly cancellable = computed(() => ['draft', 'published', 'in_progress'].includes(this.page.value()?.status ?? ''))

  constructor() {
    titled(() => this.page.value()?.name)
  }

  protected async move(status: 'draft' | 'published'): Promise<void> {
    const body: SessionChange = { status }
    const done = await this.moving.send<StaffSession>({ method: 'PATCH', path: `/admin/sessions/${this.id()}`, body })
    if (done) this.notice.say(status === 'published' ? 'Published. Members can book it.' : 'Back to a draft. Members no longer see it.')
    this.reload()
  }

  protected async cancel(session: StaffSession): Promise<void> {
    const body: SessionChange = { status: 'cancelled' }
    const done = await this.asking.toDo({
      title: `Cancel ${session.name}?`,
      words: `${this.when.moment(session.startsAt)} with ${session.trainer.name}. It stays in the schedule, marked as cancelled. A session that people have booked, hold or wait for cannot be cancelled yet.`,
      yes: 'Cancel session',
      no: 'Keep it',
      danger: true,
      ask: { method: 'PATCH', path: `/admin/sessions/${session.id}`, body },
    })
    if (done) this.notice.say('The session is cancelled.')
    this.reload()
  }

  protected changed(): void {
    this.changing.set(false)
    this.notice.say('Changed.')
    this.reload()
  }

  protected reload(): void {
    this.page.reload()
    this.roster.reload()
  }
}
