// A ring: how much is left of something that can be counted, spots or seconds.
import { Component, computed, input } from '@angular/core'

const around = 2 * Math.PI * 22

@Component({
  selector: 'app-ring',
  template: `
    <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <circle class="ground" cx="24" cy="24" r="22" />
      @if (share() > 0) {
        <circle class="rest" cx="24" cy="24" r="22" [attr.stroke-dasharray]="dashes()" />
      }
    </svg>
    <span class="inside"><ng-content /></span>
  `,
  styles: `
    :host {
      position: relative;
      display: inline-grid;
      place-items: center;
      flex: none;
      width: var(--ring, 52px);
      height: var(--ring, 52px);
      color: var(--tone, var(--accent));
    }
    svg {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      transform: rotate(-90deg);
      overflow: visible;
    }
    circle {
      fill: none;
      stroke-width: var(--ring-line, 3.5);
    }
    .ground {
      stroke: var(--line);
    }
    .rest {
      stroke: currentColor;
      stroke-linecap: round;
      transition: stroke-dasharray var(--ring-pace, 180ms) linear;
    }
    .inside {
      position: relative;
      display: grid;
      place-items: center;
      text-align: center;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class Ring {
  /** From 0, nothing, to 1, all of it. */
  readonly share = input.required<number>()
  protected readonly dashes = computed(() => {
    const length = Math.min(1, Math.max(0, this.share())) * around
    return `${length.toFixed(2)} ${around.toFixed(2)}`
  })
}
