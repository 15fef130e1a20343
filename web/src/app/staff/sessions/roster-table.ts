// Who has a spot, who holds one, and who waits, in three short tables.
import { Component, computed, inject, input } from '@angular/core'
import type { Roster, RosterEntry } from '@fitflow/contract/booking.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'

const statuses: Record<string, { words: string; tone: string }> = {
  confirmed: { words: 'Booked', tone: 'good' },
  attended: { words: 'Attended', tone: 'good' },
  no_show: { words: 'Missed', tone: 'bad' },
  active: { words: 'Held', tone: 'held' },
  confirming: { words: 'Paying', tone: 'held' },
}

@Component({
  selector: 'app-roster-table',
  imports: [Empty],
  templateUrl: './roster-table.html',
  styles: `
    h2 {
      margin: 0 0 12px;
    }
    .count {
      margin-inline-start: 6px;
      color: var(--ink-2);
      font-weight: 400;
    }
    .table-wrap,
    app-empty {
      margin-bottom: 32px;
    }
    .who {
      font-weight: 560;
    }
    @media (max-width: 720px) {
      .opt {
        display: none;
      }
    }
  `,
})
export class RosterTable {
  readonly roster = input.required<Roster>()
  protected readonly when = inject(When)
  protected readonly booked = computed(() => this.roster().entries.filter((entry) => entry.kind === 'booking'))
  protected readonly held = computed(() => this.roster().entries.filter((entry) => entry.kind !== 'booking'))

  protected wordsFor(entry: RosterEntry): { words: string; tone: string } {
    if (entry.kind === 'offer') return { words: 'Offered', tone: 'held' }
    return statuses[entry.status] ?? { words: entry.status, tone: '' }
  }
}
