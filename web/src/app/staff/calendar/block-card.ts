// One session on the calendar: when, what, who, how full; its trainer's colour beside the name, never instead of it.
import { Component, computed, input } from '@angular/core'
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { counted } from '../../api/amounts.ts'
import { initialsOf } from '../../api/initials.ts'
import { type Block, clockOf } from './board.ts'

const marks: Partial<Record<SessionStatus, string>> = { draft: 'Draft', cancelled: 'Cancelled', in_progress: 'On now' }

@Component({
  selector: 'app-block-card',
  template: `
    <span class="unseen">{{ said() }}</span>
    <span class="line when" aria-hidden="true">
      <b class="num">{{ start() }}</b>
      <span class="initials">{{ initials() }}</span>
      @if (mark(); as word) {
        <span class="mark" [class.on]="block().session.status === 'in_progress'">{{ word }}</span>
      }
    </span>
    <span class="name" aria-hidden="true">{{ block().session.name }}{{ alone() }}</span>
    <span class="line num spots" aria-hidden="true">
      <span class="count" [class.full]="full()">{{ count() }}</span>
      @if (block().session.waiting > 0 && block().session.status !== 'cancelled') {
        <span class="waiting">{{ block().session.waiting }} waiting</span>
      }
    </span>
    <span class="who" aria-hidden="true">{{ block().session.trainer.name }}</span>
  `,
  host: {
    '[style.--hue]': 'block().hue',
    '[class.wide]': 'wide()',
    '[class.draft]': 'block().session.status === "draft"',
    '[class.cancelled]': 'block().session.status === "cancelled"',
    '[class.over]': 'block().session.status === "completed"',
  },
  styleUrl: './block-card.css',
})
export class BlockCard {
  readonly block = input.required<Block>()
  /** A row of a list rather than a block of a column. */
  readonly wide = input(false)
  protected readonly said = computed(() => saidOf(this.block()))
  protected readonly start = computed(() => clockOf(this.block().from))
  /** Where there is no room for the trainer's name. */
  protected readonly initials = computed(() => initialsOf(this.block().session.trainer.name))
  protected readonly alone = computed(() => aloneOf(this.block()))
  protected readonly mark = computed(() => marks[this.block().session.status])
  protected readonly full = computed(() => this.block().session.taken >= this.block().session.capacity)
  protected readonly count = computed(() => `${this.block().session.taken}/${this.block().session.capacity}`)
}

/** A 1:1 says so beside its name. */
const aloneOf = ({ session }: Pick<Block, 'session'>): string => (session.kind === 'one_to_one' ? ', 1:1' : '')

/** The same in one sentence, for those who listen. */
export function saidOf({ session, from, to }: Block): string {
  const mark = marks[session.status]
  const waiting = session.waiting > 0 ? `, ${session.waiting} waiting` : ''
  const spots = `${session.taken} of ${counted(session.capacity, 'spot')} taken`
  return `${clockOf(from)} to ${clockOf(to)}, ${session.name}${aloneOf({ session })} with ${session.trainer.name}, ${spots}${waiting}${mark ? `, ${mark.toLowerCase()}` : ''}`
}
