// Who a change of a class affects, in the server's words: one sentence for all, and a line for each person.
import { Component, computed, inject, input } from '@angular/core'
import type { SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import type { ChangePreview } from '@fitflow/contract/session-changes.ts'
import { When } from '../api/when.ts'
import { Icon } from './icon.ts'

const has = { booking: 'Booked', hold: 'Holds', offer: 'Offered', waiting: 'Waits', cancelled: 'Had booked' } as const

@Component({
  selector: 'app-affected-list',
  imports: [Icon],
  template: `
    <p class="sentence" [class.no]="stands()" role="status"><app-icon name="info" /><span>{{ preview().sentence }}</span></p>
    @if (preview().clashes.length > 1) {
      <ul aria-label="In the way">
        @for (clash of preview().clashes; track clash.otherSessionId) {
          <li><span class="who">{{ clash.otherName }}</span><span class="quiet num">{{ when.moment(clash.otherStartsAt) }}</span></li>
        }
      </ul>
    }
    @if (closed().length > 0) {
      <ul aria-label="Cancelled, because the studio is closed then" tabindex="0">
        @for (one of closed(); track one.id) {
          <li><span class="who num">{{ when.moment(one.startsAt) }}</span><span class="quiet">{{ one.closure.reason }}</span></li>
        }
      </ul>
    }
    @if (preview().people.length > 0) {
      <ul aria-label="Who is affected" tabindex="0">
        @for (one of preview().people; track one.id) {
          <li>
            <span class="who">{{ one.user.name }}</span>
            <span class="tag">{{ has[one.has] }}</span>
            <span class="what small">{{ one.sentence }}</span>
          </li>
        }
      </ul>
    }
  `,
  styleUrl: './affected.css',
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    ul {
      max-height: 34vh;
      margin: 0;
      padding: 0;
      overflow: auto;
      list-style: none;
      border: 1px solid var(--line);
      border-radius: var(--radius-small);
    }
    li {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 12px;
      padding: 10px 14px;
      color: var(--ink);
    }
    li + li {
      border-top: 1px solid var(--line);
    }
  `,
})
export class AffectedList {
  readonly preview = input.required<ChangePreview & Partial<Pick<SeriesEditPreview, 'closed'>>>()
  /** Classes of many that would fall into a closure. */
  protected readonly closed = computed(() => this.preview().closed ?? [])
  protected readonly when = inject(When)
  protected readonly has = has
  protected readonly stands = computed(() => this.preview().refusals.length > 0)
}
