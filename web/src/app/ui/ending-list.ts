// What ends many classes at once, in the server's words: one sentence for all, each class with everybody in it, and those that stay.
import { Component, computed, inject, input } from '@angular/core'
import type { EndingPreview } from '@fitflow/contract/closures.ts'
import { counted } from '../api/amounts.ts'
import { When } from '../api/when.ts'
import { RouterLink } from '@angular/router'
import { Icon } from './icon.ts'

const has = { booking: 'Booked', hold: 'Holds', offer: 'Offered', waiting: 'Waits', cancelled: 'Had booked' } as const

const unfoldedMax = 12

@Component({
  selector: 'app-ending-list',
  imports: [Icon, RouterLink],
  template: `
    <p class="sentence" role="status"><app-icon name="info" /><span>{{ preview().sentence }}</span></p>
    @if (preview().sessions.length > 0) {
      <ul class="box" aria-label="What is cancelled" tabindex="0">
        @for (session of ordered(); track session.id) {
          <li>
            @if (session.people.length > 0) {
              <details [open]="unfolded()">
                <summary class="class">
                  <b class="num">{{ when.moment(session.startsAt) }}</b>
                  <span>{{ session.name }}</span>
                  <span class="small quiet num">{{ count(session.people.length, 'person', 'people') }}</span>
                </summary>
                <ul [attr.aria-label]="'In ' + session.name + ', ' + when.moment(session.startsAt)">
                  @for (one of session.people; track one.id) {
                    <li class="person">
                      <span class="who">{{ one.user.name }}</span>
                      <span class="tag">{{ has[one.has] }}</span>
                      <span class="what small">{{ one.sentence }}</span>
                    </li>
                  }
                </ul>
              </details>
            } @else {
              <p class="class">
                <b class="num">{{ when.moment(session.startsAt) }}</b>
                <span>{{ session.name }}</span>
                <span class="small quiet">Nobody</span>
              </p>
            }
            @if (linked()) {
              <a class="instead small" [routerLink]="['/staff/sessions', session.id]" [attr.aria-label]="'Move it instead: ' + session.name + ', ' + when.moment(session.startsAt)">Move it instead</a>
            }
          </li>
        }
      </ul>
    }
    @if (preview().kept.length > 0) {
      <h3>{{ preview().kept.length === 1 ? 'This class stays' : 'These ' + preview().kept.length + ' classes stay' }}</h3>
      <ul class="box" aria-label="What stays" tabindex="0">
        @for (session of preview().kept; track session.id) {
          <li>
            <p class="class">
              <b class="num">{{ when.moment(session.startsAt) }}</b>
              <span>{{ session.name }}</span>
              <span class="small quiet num">{{ session.booked }} booked</span>
            </p>
          </li>
        }
      </ul>
    }
  `,
  styleUrl: './affected.css',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
    }
    p,
    h3 {
      color: var(--ink);
    }
    .box {
      max-height: 40vh;
      overflow: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius-small);
    }
    .box > li + li {
      border-top: 1px solid var(--line);
    }
    .class {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 12px;
      padding: 10px 14px;
    }
    .class b {
      grid-column: 1 / -1;
      font-weight: 560;
      white-space: nowrap;
    }
    summary {
      position: relative;
      cursor: pointer;
      list-style: none;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    summary .small {
      text-decoration: underline dotted;
      text-underline-offset: 0.25em;
    }
    .instead {
      display: inline-flex;
      align-items: center;
      min-height: 32px;
      margin: -8px 14px 6px;
    }
    .person {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 2px 12px;
      padding: 8px 14px;
      background: color-mix(in oklab, var(--sunken) 55%, transparent);
      color: var(--ink);
    }
    @media (min-width: 480px) {
      .class {
        grid-template-columns: minmax(144px, max-content) minmax(0, 1fr) auto;
      }
      .instead {
        margin-inline-start: 170px;
      }
      .class b {
        grid-column: auto;
      }
      .person {
        padding-inline-start: 170px;
      }
    }
  `,
})
export class EndingList {
  readonly preview = input.required<EndingPreview>()
  /** Whether each class leads to its own page, where it can be moved out of the way. */
  readonly linked = input(false)
  protected readonly when = inject(When)
  protected readonly has = has
  protected readonly count = counted
  /** Many people stay folded up below their classes. */
  protected readonly unfolded = computed(() => this.preview().sessions.reduce((sum, session) => sum + session.people.length, 0) <= unfoldedMax)
  /** Those with people first: they are what is to be thought about. */
  protected readonly ordered = computed(() => {
    const { sessions } = this.preview()
    return [...sessions.filter((session) => session.people.length > 0), ...sessions.filter((session) => session.people.length === 0)]
  })
}
