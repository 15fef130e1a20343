// One sentence of the linter: what does not go together, and the way to each of the settings it names.
import { Component, computed, inject, input, output } from '@angular/core'
import type { SettingsPreview } from '@fitflow/contract/settings.ts'
import { nowMs } from '../../api/clock.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { wordsOf } from './setting-words.ts'

export interface Said {
  words: SettingsPreview['warnings'][number]
  isContradiction: boolean
}

@Component({
  selector: 'app-lint-note',
  imports: [Icon],
  template: `
    <app-icon [name]="said().isContradiction ? 'error' : 'info'" />
    <div>
      <p>
        <b>{{ said().isContradiction ? 'These contradict each other.' : 'Is that meant?' }}</b>
        {{ said().words.sentence }}{{ from() }}
      </p>
      <p class="named">
        @for (one of named(); track one.name) {
          <button type="button" (click)="sought.emit(one.name)">{{ one.label }}</button>
        }
      </p>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      gap: 12px;
      padding: 14px 20px;
      background: var(--few-soft);
      font-size: var(--t-13);
      line-height: 1.5;
    }
    :host(.bad) {
      background: var(--trouble-soft);
    }
    app-icon {
      --icon: 20px;
      flex: none;
      color: var(--few);
    }
    :host(.bad) app-icon {
      color: var(--trouble);
    }
    .named {
      display: flex;
      flex-wrap: wrap;
      gap: 0 16px;
    }
    button {
      min-height: 44px;
      padding: 0;
      border: 0;
      background: none;
      color: var(--ink);
      font-weight: 560;
      text-decoration: underline;
      text-underline-offset: 0.25em;
      cursor: pointer;
    }
    @media (pointer: fine) {
      button {
        min-height: 32px;
      }
    }
  `,
  host: { '[class.bad]': 'said().isContradiction' },
})
export class LintNote {
  private readonly when = inject(When)
  readonly said = input.required<Said>()
  /** The name of a setting that somebody wants to go to. */
  readonly sought = output<string>()
  protected readonly named = computed(() => this.said().words.settings.map((name) => ({ name, label: wordsOf(name)?.label ?? name })))
  /** Said only of what is planned: everything else is now. */
  protected readonly from = computed(() => {
    const { effectiveFrom } = this.said().words
    return Date.parse(effectiveFrom) > nowMs() + 60_000 ? ` From ${this.when.moment(effectiveFrom)} on.` : ''
  })
}
