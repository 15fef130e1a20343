// The calendar for a narrow screen: each day a list by the hour.
import { Component, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { BlockCard } from './block-card.ts'
import { type Column, saidOfShut } from './board.ts'

@Component({
  selector: 'app-day-list',
  imports: [BlockCard, Icon, RouterLink],
  template: `
    @for (column of columns(); track column.key) {
      <section [attr.aria-labelledby]="'day-' + column.key">
        <h2 [id]="'day-' + column.key" [class.today]="column.isToday">
          {{ when.relativeDay(column.day) }} <span class="quiet">{{ when.besideRelativeDay(column.day) }}</span>
        </h2>
        @for (one of column.shut; track one.id) {
          <p class="shut"><app-icon name="eventBusy" /><span>{{ said(one) }}</span></p>
        }
        <ul>
          @for (block of column.blocks; track block.session.id) {
            <li>
              <a [routerLink]="['/staff/sessions', block.session.id]"><app-block-card [block]="block" [wide]="true" /></a>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 24px;
    }
    ul {
      display: grid;
      gap: 8px;
      margin-top: 8px;
    }
    .shut {
      display: flex;
      gap: 10px;
      margin-top: 8px;
      padding: 10px 12px;
      border-radius: var(--radius-small);
      background: var(--sunken);
      color: var(--ink);
      overflow-wrap: anywhere;
      --icon: 20px;
    }
    h2 .quiet {
      font-weight: 400;
    }
    .today {
      color: var(--accent);
    }
    a {
      display: block;
      color: inherit;
      text-decoration: none;
    }
  `,
})
export class DayList {
  readonly columns = input.required<Column[]>()
  protected readonly when = inject(When)
  protected readonly said = saidOfShut
}
