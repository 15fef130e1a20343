// From when a change is to hold: at once, or from a day and an hour of the studio on.
import { Component, computed, inject, input, output } from '@angular/core'
import { When } from '../../api/when.ts'

/** A wall time of the studio. */
export interface Moment {
  day: string
  time: string
}

@Component({
  selector: 'app-from-when',
  template: `
    <div class="segments" role="group" aria-label="From when">
      <button type="button" [attr.aria-pressed]="from() === undefined" (click)="chosen.emit(undefined)">At once</button>
      <button type="button" [attr.aria-pressed]="from() !== undefined" (click)="chosen.emit(from() ?? tomorrow())">From a day on</button>
    </div>
    @if (from(); as moment) {
      <input class="input num" type="date" aria-label="Day" [min]="when.today()" [value]="moment.day" (input)="chosen.emit({ day: valueOf($event), time: moment.time })" />
      <input class="input num" type="time" aria-label="Hour" [value]="moment.time" (input)="chosen.emit({ day: moment.day, time: valueOf($event) })" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 12px;
      align-items: center;
    }
    .input {
      width: auto;
    }
  `,
})
export class FromWhen {
  protected readonly when = inject(When)
  readonly from = input.required<Moment | undefined>()
  readonly chosen = output<Moment | undefined>()
  protected readonly tomorrow = computed<Moment>(() => ({ day: this.when.addDays(this.when.today(), 1), time: '00:00' }))

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }
}
