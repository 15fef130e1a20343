// A search that waits for a pause in the typing before it asks.
import { Component, debounced, effect, input, output, signal } from '@angular/core'

const pauseMs = 250

@Component({
  selector: 'app-search-box',
  template: `
    <label class="unseen" for="search">{{ label() }}</label>
    <input
      class="input"
      id="search"
      type="search"
      autocomplete="off"
      [placeholder]="label()"
      [value]="typed()"
      (input)="typed.set($any($event.target).value)"
      (keydown.enter)="tell(typed().trim())"
    />
  `,
  styles: `
    :host {
      display: block;
      flex: 1 1 240px;
      max-width: 420px;
    }
  `,
})
export class SearchBox {
  readonly label = input.required<string>()
  /** What is searched for now, out of the address. */
  readonly value = input<string | undefined>()
  readonly sought = output<string>()
  protected readonly typed = signal('')
  private readonly settled = debounced(() => this.typed().trim(), pauseMs)
  private told = ''

  constructor() {
    effect(() => {
      const value = this.value() ?? ''
      // What comes back is what was told: it must not overwrite what was typed since.
      if (value === this.told) return
      this.told = value
      this.typed.set(value)
    })
    effect(() => {
      if (this.settled.hasValue()) this.tell(this.settled.value())
    })
  }

  protected tell(search: string): void {
    if (search === this.told) return
    this.told = search
    this.sought.emit(search)
  }
}
