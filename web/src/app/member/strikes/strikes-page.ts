// My strikes, blocks and fees in plain words: what counts, until when, and what was taken back.
import { Component, inject } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { Penalties, Penalty } from '@fitflow/contract/penalties.ts'
import { live } from '../../api/live.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { PenaltyLine } from '../../ui/penalty-line.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { StrikesCard } from '../../ui/strikes-card.ts'

@Component({
  selector: 'app-strikes-page',
  imports: [Empty, MatButton, PenaltyLine, RefusalBox, Skeleton, StrikesCard],
  template: `
    <div class="page narrow stack-wide">
      <h1>Strikes and fees</h1>
      @switch (standing.state()) {
        @case ('waiting') {
          <app-skeleton [rows]="3" [height]="96" />
        }
        @case ('refused') {
          @if (standing.problem(); as problem) {
            <app-refusal [problem]="problem" (again)="standing.reload()" />
          }
        }
        @default {
          @if (standing.value(); as mine) {
            <section aria-label="Where I stand"><app-strikes-card [standing]="mine" /></section>
            @if (list.items().length === 0) {
              <app-empty icon="verified" title="Nothing here, and nothing owed">
                <span>If you cannot come, cancel in time: somebody on the waitlist will be glad.</span>
              </app-empty>
            } @else {
              <section aria-labelledby="each">
                <h2 id="each">Each one, and why</h2>
                <ul class="card card-tight">
                  @for (penalty of list.items(); track penalty.id) {
                    <li><app-penalty-line [penalty]="penalty" /></li>
                  }
                </ul>
                @if (list.hasMore()) {
                  <button matButton="outlined" type="button" [disabled]="list.loadingMore()" (click)="list.more()">Show more</button>
                }
              </section>
            }
            @if (mine.blocks.length > 0) {
              <section aria-labelledby="blocks">
                <h2 id="blocks">When I could not book</h2>
                <ul class="card card-tight">
                  @for (block of mine.blocks; track block.id) {
                    <li class="block">
                      <p class="num">{{ when.moment(block.startsAt) }} to {{ when.moment(block.endsAt) }}</p>
                      @if (block.lifted; as lifted) {
                        <p class="small quiet">Lifted {{ when.moment(lifted.at) }}: {{ lifted.reason }}</p>
                      }
                    </li>
                  }
                </ul>
              </section>
            }
          }
        }
      }
    </div>
  `,
  styles: `
    h2 {
      margin-bottom: 12px;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .block {
      padding: 16px 20px;
    }
    section > button {
      margin-top: 16px;
    }
  `,
})
export class StrikesPage {
  protected readonly when = inject(When)
  protected readonly standing = live<Penalties>(() => (this.when.known() ? '/penalties/me?limit=1' : undefined))
  protected readonly list = pages<Penalty>(() => (this.when.known() ? '/penalties/me?limit=25' : undefined))
}
