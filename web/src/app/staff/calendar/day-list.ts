// The calendar for a narrow screen: each day a list by the hour.
import { Component, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { When } from '../../api/when.ts'
import { BlockCard } from './block-card.ts'
import type { Column } from './board.ts'

@Component({
  selector: 'app-day-list',
  imports: [BlockCard, RouterLink],
  template: `
    @for (column of columns(); track column.key) {
      <section [attr.aria-labelledby]="'day-' + column.key">
        <h2 [id]="'day-' + column.key" [class.today]="column.isToday">
          {{ when.relativeDay(column.day) }} <span class="quiet">{{ when.besideRelativeDay(column.day) }}</span>
        </h2>
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
}
