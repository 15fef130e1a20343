// Somebody else was quicker: what they changed, that nothing typed is lost, and what to do now.
import { Component, input } from '@angular/core'
import type { Difference } from '../api/meanwhile.ts'
import { Icon } from './icon.ts'

@Component({
  selector: 'app-meanwhile-box',
  imports: [Icon],
  template: `
    <div class="box inline" role="alert">
      <app-icon name="info" />
      <div class="words">
        <p class="title">Somebody changed this meanwhile</p>
        <ul aria-label="What they changed">
          @for (one of theirs(); track one.label) {
            <li><span class="quiet">{{ one.label }}</span> <span class="num">{{ one.was ? one.was + ' → ' : '' }}{{ one.is }}</span></li>
          }
        </ul>
        <p class="small">Nothing of yours is done yet, and what you chose is kept: look at both, then go on.</p>
      </div>
    </div>
  `,
  styleUrl: './refusal.css',
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0 10px;
      overflow-wrap: anywhere;
    }
  `,
})
export class MeanwhileBox {
  readonly theirs = input.required<Difference[]>()
}
