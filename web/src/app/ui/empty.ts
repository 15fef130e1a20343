// Nothing here yet: what that means, and what to do next.
import { Component, input } from '@angular/core'
import { Icon } from './icon.ts'
import type { IconName } from './icons.ts'

@Component({
  selector: 'app-empty',
  imports: [Icon],
  template: `
    <app-icon [name]="icon()" />
    <p class="title">{{ title() }}</p>
    <div class="next"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 8px;
      padding: 48px 24px;
      border: 1px dashed var(--line);
      border-radius: var(--radius);
      text-align: center;
    }
    app-icon {
      --icon: 32px;
      color: var(--ink-2);
      margin-bottom: 4px;
    }
    .title {
      font-size: var(--t-17);
      font-weight: 600;
    }
    .next {
      display: grid;
      justify-items: center;
      gap: 16px;
      max-width: 44ch;
      color: var(--ink-2);
    }
  `,
})
export class Empty {
  readonly icon = input.required<IconName>()
  readonly title = input.required<string>()
}
