// The house's mark: a clock with one spot left open, in the studio's accent.
import { Component } from '@angular/core'

@Component({
  selector: 'app-mark',
  template: `
    <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="16" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">
        <path d="M38.4 13.1A20 20 0 1 0 51.4 27.4" />
        <path d="M32 21v11l-6.5 8.5" />
      </g>
      <circle class="spot" cx="46.6" cy="18.6" r="3.6" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: var(--mark, 32px);
      height: var(--mark, 32px);
    }
    .spot {
      fill: light-dark(#f0b765, oklch(0.55 0.12 62));
    }
  `,
})
export class Mark {}
