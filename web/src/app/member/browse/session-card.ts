// One class of the schedule: who teaches it, how many spots are left, what it costs, and how one stands there.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { Mine, Session } from '@fitflow/contract/sessions.ts'
import { priceOf } from '../../api/amounts.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import type { IconName } from '../../ui/icons.ts'
import { Ring } from '../../ui/ring.ts'

const mineWords: Record<Mine, { words: string; tone: string; icon: IconName }> = {
  booked: { words: "You're in", tone: 'good', icon: 'checkCircle' },
  held: { words: 'Held for you', tone: 'held', icon: 'timer' },
  offered: { words: 'A spot for you', tone: 'held', icon: 'redeem' },
  waiting: { words: 'On the waitlist', tone: '', icon: 'hourglassTop' },
}

@Component({
  selector: 'app-session-card',
  imports: [Icon, Ring, RouterLink],
  template: `
    <a class="card" [routerLink]="['/class', session().id]" [class.off]="cancelled()">
      <span class="words">
        <span class="name">{{ session().name }}</span>
        <span class="quiet">{{ session().trainer.name }} · {{ minutes() }} min</span>
        <span class="foot">
          @if (cancelled()) {
            <span class="tag bad">Cancelled</span>
          } @else if (mine(); as own) {
            <span class="tag {{ own.tone }}"><app-icon [name]="own.icon" />{{ own.words }}</span>
          } @else {
            <span class="small quiet num">{{ price() }}</span>
          }
          @if (waiting(); as count) {
            <span class="small quiet num">{{ count }} waiting</span>
          }
        </span>
      </span>
      @if (!cancelled()) {
        <app-ring [share]="share()" [class]="level()">
          <span class="count" [class.word]="level() === 'full'">{{ level() === 'full' ? 'Full' : session().spotsLeft }}</span>
          @if (level() !== 'full') {
            <span class="left">left</span>
          }
        </app-ring>
      }
    </a>
  `,
  styleUrl: './session-card.css',
})
export class SessionCard {
  readonly session = input.required<Session>()
  private readonly when = inject(When)

  protected readonly cancelled = computed(() => this.session().status === 'cancelled')
  protected readonly mine = computed(() => {
    const mine = this.session().mine
    return mine ? mineWords[mine] : undefined
  })
  protected readonly minutes = computed(() => this.when.minutesLong(this.session().startsAt, this.session().endsAt))
  protected readonly price = computed(() => priceOf(this.session().price))
  protected readonly waiting = computed(() => this.session().waitlistLength || null)
  protected readonly share = computed(() => this.session().spotsLeft / this.session().capacity)
  protected readonly level = computed(() => {
    const { spotsLeft } = this.session()
    if (spotsLeft === 0) return 'full'
    return spotsLeft <= 3 ? 'few' : 'free'
  })
}
