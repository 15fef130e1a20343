// The frame of the pages at the door: the studio's name and its hour on one side, one short form on the other.
import { Component, computed, inject, input } from '@angular/core'
import { RouterLink } from '@angular/router'
import { minuteMs } from '../api/clock.ts'
import { StudioFace } from '../api/studio.ts'
import { When } from '../api/when.ts'
import { isoOf } from '../api/zoned.ts'
import { Mark } from '../ui/mark.ts'

@Component({
  selector: 'app-door-frame',
  imports: [Mark, RouterLink],
  template: `
    <div class="wall" aria-hidden="true">
      <span class="time">{{ time() }}</span>
      <span class="day">{{ day() }}</span>
    </div>
    <main id="main" tabindex="-1">
      <div class="room">
        <a class="house" routerLink="/">
          <app-mark />
          <span>{{ studio.name() }}<span class="unseen">, all classes</span></span>
        </a>
        <h1>{{ title() }}</h1>
        <ng-content />
      </div>
    </main>
  `,
  styleUrl: './door-frame.css',
})
export class DoorFrame {
  readonly title = input.required<string>()
  private readonly when = inject(When)
  protected readonly studio = inject(StudioFace)
  protected readonly time = computed(() => (this.when.known() ? this.when.hour(isoOf(minuteMs())) : ''))
  protected readonly day = computed(() => (this.when.known() ? this.when.longDay(this.when.today()) : ''))
}
