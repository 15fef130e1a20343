// An icon of the house's set, drawn inline so that it takes the text's colour and no request leaves for it.
import { Component, computed, input } from '@angular/core'
import { icons, type IconName } from './icons.ts'

@Component({
  selector: 'app-icon',
  template: `<svg viewBox="0 -960 960 960" aria-hidden="true" focusable="false"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: var(--icon, 22px);
      height: var(--icon, 22px);
    }
    svg {
      width: 100%;
      height: 100%;
      fill: currentColor;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>()
  protected readonly path = computed(() => /\sd="([^"]+)"/.exec(icons[this.name()])?.[1] ?? '')
}
