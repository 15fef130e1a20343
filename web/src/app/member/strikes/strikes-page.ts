// My strikes, blocks and fees in plain words: what counts, until when, and what was taken back.
import { Component, inject } from '@angular/core'
import type { Penalties, Penalty } from '@fitflow/contract/penalties.ts'
import { live } from '../../api/live.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { PenaltyRecord } from '../../ui/penalty-record.ts'

@Component({
  selector: 'app-strikes-page',
  imports: [PenaltyRecord],
  template: `
    <div class="page narrow stack-wide">
      <h1>Strikes and fees</h1>
      <app-penalty-record [standing]="standing" [list]="list">
        <span clean>If you cannot come, cancel in time: somebody on the waitlist will be glad.</span>
      </app-penalty-record>
    </div>
  `,
})
export class StrikesPage {
  private readonly when = inject(When)
  protected readonly standing = live<Penalties>(() => (this.when.known() ? '/penalties/me?limit=1' : undefined))
  protected readonly list = pages<Penalty>(() => (this.when.known() ? '/penalties/me?limit=25' : undefined))
}
