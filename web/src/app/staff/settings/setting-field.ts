// One setting: its name, what it means, a field of its kind with its unit, and what is wrong with what stands in it.
import { Component, computed, input, output } from '@angular/core'
import { faultOf, readingOf, weekdayChoices } from './setting-draft.ts'
import type { SettingWords } from './setting-kinds.ts'

const onOrOff = [
  { value: 'true', label: 'On' },
  { value: 'false', label: 'Off' },
]

@Component({
  selector: 'app-setting-field',
  template: `
    <div class="about">
      @if (choices().length > 0 && !isLong()) {
        <span class="label" [id]="id() + '-label'">{{ words().label }}</span>
      } @else {
        <label [for]="id()">{{ words().label }}</label>
      }
      <p class="help" [id]="id() + '-help'">{{ words().help }}</p>
    </div>
    <div class="control">
      @switch (words().kind) {
        @case ('count') {
          <input class="input num" inputmode="numeric" autocomplete="off" [id]="id()" [value]="text()" [attr.aria-invalid]="bad()" [attr.aria-describedby]="describedBy()" (input)="say($event)" />
          <span class="unit">{{ unit() }}</span>
        }
        @case ('money') {
          <input class="input num" inputmode="decimal" autocomplete="off" [id]="id()" [value]="text()" [attr.aria-invalid]="bad()" [attr.aria-describedby]="describedBy()" (input)="say($event)" />
          <span class="unit">{{ unit() }}</span>
        }
        @case ('time') {
          <input class="input num" type="time" required [id]="id()" [value]="text()" [attr.aria-invalid]="bad()" [attr.aria-describedby]="describedBy()" (input)="say($event)" />
        }
        @case ('color') {
          <input class="input" type="color" [id]="id()" [value]="text()" [attr.aria-describedby]="describedBy()" (input)="say($event)" />
          <span class="unit num">{{ text() }}</span>
        }
        @case ('text') {
          <input class="input wide" maxlength="80" [id]="id()" [value]="text()" [attr.aria-invalid]="bad()" [attr.aria-describedby]="describedBy()" (input)="say($event)" />
        }
        @case ('currency') {
          <input class="input" maxlength="3" autocapitalize="characters" [id]="id()" [value]="text()" [attr.aria-invalid]="bad()" [attr.aria-describedby]="describedBy()" (input)="say($event)" />
        }
        @default {
          @if (isLong()) {
            <select class="input wide" [id]="id()" [attr.aria-invalid]="bad()" [attr.aria-describedby]="describedBy()" (change)="say($event)">
              @for (choice of choices(); track choice.value) {
                <option [value]="choice.value" [selected]="choice.value === text()">{{ choice.label }}</option>
              }
            </select>
          } @else {
            <div class="segments" role="group" [id]="id()" [attr.aria-labelledby]="id() + '-label'" [attr.aria-describedby]="describedBy()">
              @for (choice of choices(); track choice.value) {
                <button type="button" [attr.aria-pressed]="choice.value === text()" (click)="typed.emit(choice.value)">{{ choice.label }}</button>
              }
            </div>
          }
        }
      }
    </div>
    @if (wrong(); as words) {
      <p class="wrong" [id]="id() + '-wrong'">{{ words }}</p>
    }
  `,
  styleUrl: './setting-field.css',
  host: { '[class.touched]': 'touched()' },
})
export class SettingField {
  readonly words = input.required<SettingWords>()
  readonly text = input.required<string>()
  readonly currency = input.required<string>()
  readonly zones = input<readonly string[]>([])
  /** Typed anew, and not saved. */
  readonly touched = input(false)
  /** Whether it is part of a contradiction. */
  readonly contradicted = input(false)
  /** What the server found wrong with it. */
  readonly refused = input('')
  /** Further words about it that stand elsewhere, by id. */
  readonly notes = input('')
  readonly typed = output<string>()

  protected readonly id = computed(() => this.words().name)
  protected readonly wrong = computed(() => faultOf(this.words(), this.text(), this.currency()) || this.refused())
  protected readonly bad = computed(() => (this.wrong() !== '' || this.contradicted() ? true : null))
  protected readonly describedBy = computed(() => [`${this.id()}-help`, this.wrong() ? `${this.id()}-wrong` : '', this.notes()].filter(Boolean).join(' '))
  protected readonly isLong = computed(() => this.words().kind === 'zone' || this.words().kind === 'weekday')
  protected readonly choices = computed(() => {
    const words = this.words()
    if (words.kind === 'choice') return words.choices
    if (words.kind === 'weekday') return weekdayChoices
    if (words.kind === 'switch') return onOrOff
    return words.kind === 'zone' ? this.zones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })) : []
  })
  /** The unit, and what the number comes to where that is easier to grasp. */
  protected readonly unit = computed(() => {
    const words = this.words()
    if (words.kind === 'money') return Number(this.text()) === 0 ? words.none : this.currency()
    if (words.kind !== 'count') return ''
    const unit = words.unit === 'percent' ? '%' : words.unit
    if (this.wrong()) return unit
    if (words.none && Number(this.text()) === 0) return words.none
    const reading = readingOf(words.unit, Number(this.text()))
    return reading ? `${unit}, that is ${reading}` : unit
  })

  protected say(event: Event): void {
    this.typed.emit((event.target as HTMLInputElement | HTMLSelectElement).value)
  }
}
