// The seven days of a week as small marks: those of the series are filled. The rule stands beside it in words.
import { Component, input } from '@angular/core'

const letters = ['M', 'T', 'W', 'T', 'F', 'S', 'S']

@Component({
  selector: 'app-week-pips',
  template: `
    @for (letter of letters; track $index) {
      <span class="pip" [class.on]="weekdays().has($index + 1)">{{ letter }}</span>
    }
  `,
  host: { 'aria-hidden': 'true' },
  styles: `
    :host {
      display: inline-flex;
      gap: 3px;
    }
    .pip {
      display: grid;
      place-items: center;
      width: 22px;
      height: 22px;
      border-radius: 50%;
      background: var(--sunken);
      color: var(--ink-2);
      font-size: 0.6875rem;
      font-weight: 620;
    }
    .on {
      background: var(--accent);
      color: var(--on-accent);
    }
  `,
})
export class WeekPips {
  readonly weekdays = input.required<ReadonlySet<number>>()
  protected readonly letters = letters
}
