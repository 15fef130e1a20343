// The page's shape while it waits: rows where rows will be.
import { Component, computed, input } from '@angular/core'

@Component({
  selector: 'app-skeleton',
  template: `
    <span class="unseen" role="status">Loading</span>
    @for (row of list(); track row) {
      <span class="bone" aria-hidden="true" [style.height.px]="height()"></span>
    }
  `,
  styles: `
    /* What comes at once needs no skeleton: it only shows itself to those who wait. */
    :host {
      display: grid;
      gap: 12px;
      animation: come 200ms 120ms ease-out backwards;
    }
    @keyframes come {
      from {
        opacity: 0;
      }
    }
    .bone {
      border-radius: var(--radius);
    }
  `,
})
export class Skeleton {
  readonly rows = input(4)
  readonly height = input(96)
  protected readonly list = computed(() => Array.from({ length: this.rows() }, (_, index) => index))
}
