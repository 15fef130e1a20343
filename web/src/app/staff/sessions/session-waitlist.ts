// The queue of a class in staff's hands: who waits and why somebody was passed over, moved by hand or keys, paused, and offers with their time.
import { CdkDrag, CdkDragHandle, CdkDropList, type CdkDragDrop } from '@angular/cdk/drag-drop'
import { LiveAnnouncer } from '@angular/cdk/a11y'
import { Component, ElementRef, Injector, afterNextRender, computed, inject, input, linkedSignal, output, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import { firstValueFrom } from 'rxjs'
import type { WaitlistEntry, WaitlistForStaff } from '@fitflow/contract/booking.ts'
import { nowMs } from '../../api/clock.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { ofClass } from '../../api/news.ts'
import { passedOverWords } from '../../api/passed-over.ts'
import { ordinal } from '../../api/places.ts'
import { timeLeft } from '../../api/time-left.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { AddToWaitlistDialog } from './add-to-waitlist-dialog.ts'
import { moveIn } from './queue-move.ts'

@Component({
  selector: 'app-session-waitlist',
  imports: [CdkDrag, CdkDragHandle, CdkDropList, Icon, MatButton, RefusalBox, RouterLink],
  templateUrl: './session-waitlist.html',
  styleUrl: './session-waitlist.css',
})
export class SessionWaitlist {
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  private readonly dialog = inject(MatDialog)
  private readonly announcer = inject(LiveAnnouncer)
  private readonly injector = inject(Injector)
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef)
  protected readonly when = inject(When)

  readonly sessionId = input.required<string>()
  /** Whether anybody can still get in. */
  readonly open = input.required<boolean>()
  readonly changed = output()

  protected readonly list = live<WaitlistForStaff>(() => `/waitlist/${this.sessionId()}`, { everySeconds: 3, hears: ofClass(this.sessionId) })
  protected readonly acting = command()
  protected readonly dragging = signal(false)
  /** What is dragged keeps its place until it is let go, whatever is read meanwhile. */
  protected readonly shown = linkedSignal<{ read: WaitlistForStaff | undefined; held: boolean }, WaitlistForStaff | undefined>({
    source: () => ({ read: this.list.value(), held: this.dragging() }),
    computation: (now, before) => (now.held ? before?.value : now.read),
  })
  protected readonly offers = computed(() => (this.shown()?.items ?? []).filter((entry) => entry.state === 'offered'))
  protected readonly queue = computed(() => (this.shown()?.items ?? []).filter((entry) => entry.state === 'waiting'))
  protected readonly paused = computed(() => this.shown()?.paused ?? false)

  protected why(entry: WaitlistEntry): string {
    return entry.passedOver === null ? '' : passedOverWords(entry.passedOver).they
  }

  protected left(entry: WaitlistEntry): string {
    return entry.offer ? timeLeft(Date.parse(entry.offer.expiresAt), nowMs()) : ''
  }

  protected toldLater(entry: WaitlistEntry): string {
    const at = entry.offer?.tellAt
    return at && Date.parse(at) > nowMs() ? `Told at ${this.when.hour(at)}` : ''
  }

  protected drop(dropped: CdkDragDrop<unknown>): void {
    this.dragging.set(false)
    void this.move(dropped.previousIndex, dropped.currentIndex)
  }

  /** Moved by keys, the same key is under the finger again afterwards. */
  protected async step(entry: WaitlistEntry, by: -1 | 1): Promise<void> {
    const at = this.queue().indexOf(entry)
    await this.move(at, at + by)
    const focus = (): void => this.host.nativeElement.querySelector<HTMLElement>(`[data-move="${by} ${entry.id}"]`)?.focus()
    afterNextRender({ read: focus }, { injector: this.injector })
  }

  private async move(from: number, to: number): Promise<void> {
    const queue = this.queue()
    const body = moveIn(queue.map((entry) => entry.id), from, to)
    const moved = queue[from]
    if (!body || !moved) return
    this.shown.update((list) => list && { ...list, items: [...this.offers(), ...queue.toSpliced(from, 1).toSpliced(to, 0, moved)] })
    const done = await this.acting.send<WaitlistForStaff>({ method: 'POST', path: `/admin/waitlist/${this.sessionId()}/reorder`, body })
    if (done) this.shown.set(done.answer)
    if (done) void this.announcer.announce(`${moved.user.name} is now ${ordinal(to + 1)} of ${queue.length}`)
    this.list.reload()
  }

  protected async pause(paused: boolean): Promise<void> {
    const waiting = this.queue().length
    const who = waiting === 0 ? 'Nobody is waiting.' : waiting === 1 ? 'The one who waits keeps their place.' : `All ${waiting} who wait keep their places.`
    const done = await this.asking.toDo({
      title: paused ? 'Pause the waitlist?' : 'Open the waitlist again?',
      words: paused ? `${who} Nobody joins and nothing is offered until you open it again; offers that are out stay.` : 'People can join, and spots that are free go to whoever is first.',
      yes: paused ? 'Pause' : 'Open',
      no: 'Leave it',
      danger: false,
      ask: { method: 'PATCH', path: `/admin/waitlist/${this.sessionId()}`, body: { paused } },
    })
    if (done) this.tell(paused ? 'The waitlist is paused.' : 'The waitlist is open again.')
  }

  protected async remove(entry: WaitlistEntry): Promise<void> {
    const { id, user, state, position } = entry
    const done = await this.asking.toDo({
      title: `Take ${user.name} off the waitlist?`,
      words: state === 'offered' ? 'The offer ends, and the spot goes to whoever waits next.' : `They give up their place${position ? `, the ${ordinal(position)}` : ''}. Whoever is behind moves up.`,
      yes: 'Take off',
      no: 'Leave them',
      danger: true,
      ask: { method: 'DELETE', path: `/admin/waitlist/${this.sessionId()}/entries/${id}` },
    })
    if (done) this.tell(`${user.name} is off the waitlist.`)
  }

  protected async add(): Promise<void> {
    const opened = this.dialog.open<AddToWaitlistDialog, string, string>(AddToWaitlistDialog, { data: this.sessionId(), maxWidth: '94vw', autoFocus: 'dialog' })
    const told = await firstValueFrom(opened.afterClosed())
    if (told) this.tell(told)
  }

  private tell(what: string): void {
    this.notice.say(what)
    this.list.reload()
    this.changed.emit()
  }
}
