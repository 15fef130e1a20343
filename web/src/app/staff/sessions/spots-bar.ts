// The spots of a session in one line: booked, held, free.
import { Component, computed, input } from '@angular/core'
import type { StaffSession } from '@fitflow/contract/sessions.ts'

@Component({
  selector: 'app-spots-bar',
  template: `
    <span class="words num"
      >{{ session().booked }}<span class="quiet"> of {{ session().capacity }}</span></span
    >
    <span class="track" aria-hidden="true">
      <span class="booked" [style.width.%]="share(session().booked)"></span>
      <span class="held" [style.width.%]="share(session().held)"></span>
    </span>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 12px;
    }
    .words {
      min-width: 66px;
      font-weight: 560;
      white-space: nowrap;
    }
    .words .quiet {
      font-weight: 400;
    }
    .track {
      display: flex;
      gap: 1px;
      width: 96px;
      height: 6px;
      overflow: hidden;
      border-radius: 3px;
      background: var(--line);
    }
    .booked {
      background: var(--accent);
    }
    .held {
      background: var(--held);
    }
    @media (max-width: 720px) {
      .track {
        display: none;
      }
      .words {
        min-width: 0;
      }
    }
  `,
})
export class SpotsBar {
  readonly session = input.required<StaffSession>()
  protected readonly share = (count: number): number => (count / this.capacity()) * 100
  private readonly capacity = computed(() => Math.max(1, this.session().capacity))
}
