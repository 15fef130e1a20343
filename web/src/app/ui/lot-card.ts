// One lot of credits, or one period of unlimited access: what is left, what it pays for, until when, and what was decided about it.
import { Component, computed, inject, input } from '@angular/core'
import type { Membership } from '@fitflow/contract/credits.ts'
import { plain } from '../api/amounts.ts'
import { nowMs } from '../api/clock.ts'
import { lotWords } from '../api/lot-words.ts'
import { When } from '../api/when.ts'
import { Icon } from './icon.ts'

@Component({
  selector: 'app-lot-card',
  imports: [Icon],
  template: `
    <article class="card lot" [class.over]="!words().pays" [attr.aria-label]="lot().name">
      <div class="head">
        <h3>{{ lot().name }}</h3>
        @if (words().tag; as tag) {
          <span class="tag {{ tag.tone }}">{{ tag.words }}</span>
        } @else if (next()) {
          <span class="tag good">Spent first</span>
        }
      </div>
      @if (lot().creditsBalance === null) {
        <p class="left"><app-icon name="allInclusive" /> Unlimited</p>
      } @else {
        <p class="left num">
          {{ plain(lot().creditsBalance ?? 0) }}
          @if (lot().creditsGranted; as granted) {
            <span class="quiet">of {{ plain(granted) }}</span>
          }
        </p>
        <span class="track" aria-hidden="true"><span class="rest" [style.width.%]="share()"></span></span>
      }
      <div class="said">
        <p class="small num" [class.soon]="words().soon">{{ words().ends }}</p>
        @for (note of words().notes; track note) {
          <p class="small quiet num">{{ note }}</p>
        }
      </div>
      @if (lot().changes.length > 0) {
        <details>
          <summary class="small">What was decided about it</summary>
          <ul>
            @for (change of lot().changes; track $index) {
              <li>
                <p class="small">{{ change.sentence }}</p>
                <p class="small quiet num">{{ when.moment(change.decidedAt) }}</p>
              </li>
            }
          </ul>
        </details>
      }
      <ng-content />
    </article>
  `,
  styleUrl: './lot-card.css',
})
export class LotCard {
  readonly lot = input.required<Membership>()
  /** Whether the next class is paid with it. */
  readonly next = input(false)
  protected readonly when = inject(When)
  protected readonly plain = plain
  protected readonly share = computed(() => {
    const { creditsBalance, creditsGranted } = this.lot()
    return creditsGranted ? Math.min(100, ((creditsBalance ?? 0) / creditsGranted) * 100) : 100
  })
  protected readonly words = computed(() =>
    lotWords(this.lot(), nowMs(), {
      first: (iso) => this.when.firstDay(iso),
      end: (iso) => this.when.end(iso),
      daysUntil: (iso) => this.when.daysUntil(iso),
    }),
  )
}
