// Where somebody stands with strikes and fees: what counts, each one and why, and when they could not book; read by them and by staff.
import { Component, computed, inject, input, output } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { Penalties, Penalty } from '@fitflow/contract/penalties.ts'
import type { Live } from '../api/live.ts'
import type { Pages } from '../api/pages.ts'
import { When } from '../api/when.ts'
import { Empty } from './empty.ts'
import { PenaltyLine } from './penalty-line.ts'
import { RefusalBox } from './refusal.ts'
import { Skeleton } from './skeleton.ts'
import { StrikesCard } from './strikes-card.ts'

@Component({
  selector: 'app-penalty-record',
  imports: [Empty, MatButton, PenaltyLine, RefusalBox, Skeleton, StrikesCard],
  template: `
    @switch (standing().state()) {
      @case ('waiting') {
        <app-skeleton [rows]="3" [height]="96" />
      }
      @case ('refused') {
        @if (standing().problem(); as problem) {
          <app-refusal [problem]="problem" (again)="standing().reload()" />
        }
      }
      @default {
        @if (standing().value(); as stands) {
          <section [class.card]="ofOther()" aria-label="Strikes"><app-strikes-card [standing]="stands" [whose]="ofOther() ? 'They' : 'You'" /></section>
          @if (isClean()) {
            <app-empty icon="verified" [title]="ofOther() ? 'Nothing kept, nothing owed' : 'Nothing here, and nothing owed'">
              <ng-content select="[clean]" />
            </app-empty>
          }
          @if (list().items().length > 0) {
            <section aria-labelledby="each">
              <h2 id="each">Each one, and why</h2>
              <ul class="card card-tight">
                @for (penalty of list().items(); track penalty.id) {
                  <li>
                    <app-penalty-line [penalty]="penalty">
                      @if (ofOther() && penalty.state !== 'waived') {
                        <button matButton="outlined" class="dense do" type="button" [attr.aria-label]="'Take back: ' + penalty.receipt.sentence" (click)="takeBack.emit(penalty)">Take back</button>
                      }
                    </app-penalty-line>
                  </li>
                }
              </ul>
              @if (list().moreProblem(); as problem) {
                <app-refusal [problem]="problem" [inline]="true" (again)="list().more()" />
              }
              @if (list().hasMore()) {
                <button matButton="outlined" class="more" type="button" [disabled]="list().loadingMore()" (click)="list().more()">Show more</button>
              }
            </section>
          }
          <ng-content />
          @if (stands.blocks.length > 0) {
            <section aria-labelledby="blocks">
              <h2 id="blocks">{{ ofOther() ? 'When they could not book' : 'When I could not book' }}</h2>
              <ul class="card card-tight">
                @for (block of stands.blocks; track block.id) {
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
  `,
  styles: `
    :host {
      display: grid;
      gap: 32px;
    }
    h2 {
      margin-bottom: 12px;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
    .block {
      padding: 16px 20px;
    }
    .more {
      margin-top: 16px;
    }
    @media (max-width: 560px) {
      .do {
        grid-column: 2;
        justify-self: start;
      }
    }
  `,
})
export class PenaltyRecord {
  readonly standing = input.required<Live<Penalties>>()
  readonly list = input.required<Pages<Penalty>>()
  /** Staff look, and may take back. */
  readonly ofOther = input(false)
  /** Something else was kept: then it is not clean, whatever the list says. */
  readonly keptBesides = input(false)
  readonly takeBack = output<Penalty>()
  protected readonly when = inject(When)
  protected readonly isClean = computed(() => this.list().items().length === 0 && !this.keptBesides())
}
