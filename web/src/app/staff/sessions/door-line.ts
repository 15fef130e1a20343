// One person at the door: what is known of them, and the marks that can be made now, big enough for a thumb.
import { Component, computed, inject, input, output } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { AttendanceMarked, CheckedIn } from '@fitflow/contract/attendance.ts'
import type { RosterEntry } from '@fitflow/contract/booking.ts'
import { command } from '../../api/command.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Face } from '../../ui/face.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { EntryMenu } from './entry-menu.ts'

export interface DoorTimes {
  isOpen: boolean
  hasStarted: boolean
  isPastGrace: boolean
}

@Component({
  selector: 'app-door-line',
  imports: [EntryMenu, Face, Icon, MatButton, RefusalBox, RouterLink],
  templateUrl: './door-line.html',
  styleUrl: './door-line.css',
})
export class DoorLine {
  readonly entry = input.required<RosterEntry>()
  readonly times = input.required<DoorTimes>()
  readonly changed = output()
  private readonly when = inject(When)
  private readonly notice = inject(Notice)
  private readonly asking = inject(Asking)
  protected readonly marking = command()

  protected readonly isHere = computed(() => this.entry().status === 'attended')
  protected readonly isMissing = computed(() => this.entry().status === 'no_show')
  protected readonly canUndo = computed(() => !this.times().isPastGrace && (this.isHere() || this.isMissing()))
  protected readonly canBeHere = computed(() => this.times().isOpen && !this.isHere() && !this.canUndo())
  protected readonly canBeMissing = computed(() => this.times().hasStarted && !this.isMissing() && !this.canUndo())
  protected readonly tag = computed(() => {
    const { checkin } = this.entry()
    if (this.isMissing()) return { words: 'Missed', tone: 'bad' }
    if (!this.isHere()) return { words: 'Booked', tone: '' }
    if (!checkin) return { words: 'Here', tone: 'good' }
    const at = this.when.hour(checkin.checkedInAt)
    return checkin.late ? { words: `Late, ${at}`, tone: 'few' } : { words: `Here, ${at}`, tone: 'good' }
  })
  protected readonly detail = computed(() => {
    const { checkin, user } = this.entry()
    return checkin?.by ? `Checked in by ${checkin.by}` : user.email
  })

  protected async present(): Promise<void> {
    const wasMissing = this.isMissing()
    const done = await this.marking.send<CheckedIn>({ method: 'POST', path: `/bookings/${this.entry().id}/checkin`, body: { method: 'manual' } })
    if (done && wasMissing) this.notice.say(`${this.entry().user.name} is here after all. Nothing is kept or counted against them.`)
    this.changed.emit()
  }

  /** Within the grace it can be undone; after it, it is asked about first. */
  protected async absent(): Promise<void> {
    const { id, user } = this.entry()
    const ask = { method: 'POST', path: `/bookings/${id}/absent` } as const
    if (this.times().isPastGrace) {
      const words = 'What they paid is kept, and with unlimited access they get a strike. You can say later that they were here.'
      await this.asking.toDo({ title: `${user.name} was not here?`, words, yes: 'Not here', no: 'Leave it', danger: true, ask })
    } else {
      await this.marking.send<AttendanceMarked>(ask)
    }
    this.changed.emit()
  }

  protected async undo(): Promise<void> {
    await this.marking.send<AttendanceMarked>({ method: 'POST', path: `/bookings/${this.entry().id}/checkin/undo` })
    this.changed.emit()
  }
}
