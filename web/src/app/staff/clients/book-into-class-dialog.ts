// Books one client into a coming class: the class first, then what pays; where it is full, one spot more or the waitlist.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { AddToWaitlist, WaitlistForStaff } from '@fitflow/contract/booking.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import { minuteMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live, wholeList } from '../../api/live.ts'
import { ordinal } from '../../api/places.ts'
import { When } from '../../api/when.ts'
import { deskBooking } from '../../ui/desk/desk-booking.ts'
import type { Typed } from '../../ui/desk/opening.ts'
import { PayChoice, type Means } from '../../ui/desk/pay-choice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import type { LotOf } from './lot-of.ts'

const daysShown = 14

@Component({
  selector: 'app-book-into-class-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, PayChoice, RefusalBox, Skeleton],
  templateUrl: './book-into-class-dialog.html',
  styleUrls: ['../../ui/desk/desk-dialog.css', '../../ui/desk/spine.css', './book-into-class-dialog.css'],
})
export class BookIntoClassDialog implements Typed {
  protected readonly client = inject<LotOf['client']>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<BookIntoClassDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)

  protected readonly from = signal(this.when.today())
  protected readonly what = signal('')
  protected readonly list = live<StaffSession[]>(
    () => (this.from() ? `/admin/sessions?from=${this.from()}&to=${this.when.addDays(this.from(), daysShown - 1)}&status=published&limit=200` : undefined),
    { read: wholeList<StaffSession>() },
  )
  protected readonly days = computed(() => {
    const what = this.what().trim().toLowerCase()
    // A 1:1 is booked with its trainer: each of those that are there belongs to somebody.
    const fits = (one: StaffSession): boolean => one.kind === 'class' && Date.parse(one.endsAt) > minuteMs() && `${one.name} ${one.trainer.name}`.toLowerCase().includes(what)
    const days = Map.groupBy((this.list.value() ?? []).filter(fits), (one) => this.when.dayOf(one.startsAt))
    return [...days].map(([day, sessions]) => ({ day, sessions }))
  })

  protected readonly chosen = signal<StaffSession | undefined>(undefined)
  protected readonly means = signal<Means | undefined>(undefined)
  protected readonly waits = signal(false)
  private readonly booking = deskBooking()
  private readonly joining = command()
  protected readonly busy = computed(() => this.booking.busy() || this.joining.busy())
  protected readonly problem = computed(() => (this.waits() ? this.joining.problem() : this.booking.problem()))
  /** As it was read, or as the refusal has told since. */
  protected readonly isFull = computed(() => this.chosen()?.spotsLeft === 0 || this.booking.isFull())
  protected readonly ready = computed(() => this.waits() || this.means() !== undefined)
  protected readonly yes = computed(() => (this.waits() ? 'Put on the waitlist' : this.isFull() ? 'Squeeze in' : 'Book'))

  typed(): boolean {
    return this.chosen() !== undefined
  }

  protected choose(session: StaffSession | undefined): void {
    this.chosen.set(session)
    this.waits.set(false)
    this.booking.clear()
    this.joining.clear()
  }

  protected async go(): Promise<void> {
    const session = this.chosen()
    if (!session) return
    const told = this.waits() ? await this.join(session) : await this.book(session)
    if (told) this.closing.close(told)
  }

  private async book(session: StaffSession): Promise<string> {
    const means = this.means()
    return means ? this.booking.book({ session, client: this.client, means }, this.isFull()) : ''
  }

  private async join(session: StaffSession): Promise<string> {
    const body: AddToWaitlist = { userId: this.client.id }
    const done = await this.joining.send<WaitlistForStaff>({ method: 'POST', path: `/admin/waitlist/${session.id}/entries`, body })
    return done ? `${this.client.name} is ${ordinal(done.answer.length)} in line for ${session.name}.` : ''
  }
}
