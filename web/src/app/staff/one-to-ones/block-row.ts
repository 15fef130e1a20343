// One stretch of time in the editor: from when until when, on which day where it has one, the slots it gives, and away with it.
import { Component, computed, input, output } from '@angular/core'
import { Icon } from '../../ui/icon.ts'
import { slotStarts, type Draft } from './availability-draft.ts'

@Component({
  selector: 'app-block-row',
  imports: [Icon],
  template: `
    <div class="times">
      @if (row().kind !== 'weekly') {
        <select class="input kind" [attr.aria-label]="'Kind of ' + name()" [value]="row().kind" (change)="say({ kind: kindOf($event) })">
          <option value="exception" [selected]="row().kind === 'exception'">Away</option>
          <option value="once" [selected]="row().kind === 'once'">Open</option>
        </select>
        <input class="input day" type="date" [attr.aria-label]="'Day of ' + name()" [min]="today()" [value]="row().on" (input)="say({ on: textOf($event) })" />
      }
      <span class="hours">
        <input class="input num" type="time" [attr.aria-label]="name() + ' from'" [value]="row().from" (input)="say({ from: textOf($event) })" />
        <span class="quiet" aria-hidden="true">to</span>
        <input class="input num" type="time" [attr.aria-label]="name() + ' until'" [value]="row().to" (input)="say({ to: textOf($event) })" />
        <button type="button" class="pill drop" [attr.aria-label]="'Remove ' + name()" (click)="removed.emit()"><app-icon name="close" /></button>
      </span>
    </div>
    @if (fault(); as words) {
      <p class="small wrong" role="status">{{ words }}</p>
    } @else {
      <p class="small quiet num">{{ slots() }}</p>
    }
    @if (row().kind === 'weekly' && (isDated() || opened())) {
      <div class="dates">
        <label class="small">First day <input class="input" type="date" [value]="row().validFrom" (input)="say({ validFrom: textOf($event) })" /></label>
        <label class="small">Last day <input class="input" type="date" [value]="row().validUntil" (input)="say({ validUntil: textOf($event) })" /></label>
      </div>
    }
  `,
  styleUrl: './block-row.css',
})
export class BlockRow {
  readonly row = input.required<Draft>()
  /** What it is called by those who listen: "Monday, times 2". */
  readonly name = input.required<string>()
  readonly terms = input.required<{ slotMinutes: number; bufferMinutes: number }>()
  /** What is wrong with it, in words. */
  readonly fault = input('')
  readonly today = input('')
  /** Whether its first and last day are asked for, though it has none yet. */
  readonly opened = input(false)
  readonly changed = output<Partial<Draft>>()
  readonly removed = output()
  protected readonly isDated = computed(() => this.row().validFrom !== '' || this.row().validUntil !== '')
  protected readonly slots = computed(() => {
    const { kind, from, to } = this.row()
    if (kind === 'exception') return from === '00:00' && to === '00:00' ? 'The whole day' : 'No slots in this time'
    return slotStarts(this.row(), this.terms()).join(' · ')
  })

  protected say(change: Partial<Draft>): void {
    this.changed.emit(change)
  }
  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }
  protected kindOf(event: Event): Draft['kind'] {
    return this.textOf(event) === 'once' ? 'once' : 'exception'
  }
}
