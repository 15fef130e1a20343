// Who has a spot and has come, who holds one, and who waits.
import { Component, computed, inject, input, output } from '@angular/core'
import type { Roster, RosterEntry } from '@fitflow/contract/booking.ts'
import { When } from '../../api/when.ts'
import { DoorList } from './door-list.ts'
import { EntryMenu } from './entry-menu.ts'

const statuses: Record<string, { words: string; tone: string }> = {
  active: { words: 'Held', tone: 'held' },
  confirming: { words: 'Paying', tone: 'held' },
}

@Component({
  selector: 'app-roster-table',
  imports: [DoorList, EntryMenu],
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
    .table-wrap {
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
  readonly startsAt = input.required<string>()
  readonly changed = output()
  protected readonly when = inject(When)
  protected readonly held = computed(() => this.roster().entries.filter((entry) => entry.kind !== 'booking'))

  protected wordsFor(entry: RosterEntry): { words: string; tone: string } {
    if (entry.kind === 'offer') return { words: 'Offered', tone: 'held' }
    return statuses[entry.status] ?? { words: entry.status, tone: '' }
  }
}
