// A person without a picture: their initials on the accent's soft ground.
import { Component, computed, input } from '@angular/core'
import { initialsOf } from '../api/initials.ts'

@Component({
  selector: 'app-face',
  template: `{{ initials() }}`,
  host: { 'aria-hidden': 'true' },
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      flex: none;
      width: var(--face, 36px);
      height: var(--face, 36px);
      border-radius: 50%;
      background: var(--accent-soft);
      color: var(--on-accent-soft);
      font-size: calc(var(--face, 36px) * 0.38);
      font-weight: 600;
      letter-spacing: 0.01em;
    }
  `,
})
export class Face {
  readonly name = input.required<string>()
  protected readonly initials = computed(() => initialsOf(this.name()))
}
