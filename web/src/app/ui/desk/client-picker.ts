// Finds one client by name or e-mail, also one who is new to whoever looks; once somebody is chosen, the others step aside.
import { Component, computed, input, model, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { WalkIn } from '@fitflow/contract/clients.ts'
import { live } from '../../api/live.ts'
import { RefusalBox } from '../refusal.ts'
import { SearchBox } from '../search-box.ts'

@Component({
  selector: 'app-client-picker',
  imports: [MatButton, RefusalBox, SearchBox],
  template: `
    <app-search-box label="Client’s name or e-mail" [value]="sought()" (sought)="search($event)" />
    @if (found.problem(); as problem) {
      <app-refusal [problem]="problem" [inline]="true" (again)="found.reload()" />
    } @else if (found.value()) {
      @if (offered().length === 0) {
        <p class="quiet" role="status">{{ onlyOwn() ? 'None of your clients is called that.' : 'Nobody by that name. Whoever is new to you comes up by three letters of their name, or by their whole e-mail address.' }}</p>
      } @else {
        <fieldset class="choices">
          <legend class="unseen">Client</legend>
          @for (one of shown(); track one.id) {
            <label class="choice">
              <input type="radio" name="client" [checked]="client()?.id === one.id" (change)="client.set(one)" />
              <span><span class="name">{{ one.name }}</span><span class="small">{{ one.email }}{{ one.isOwn ? '' : ', new to you' }}</span></span>
            </label>
          }
        </fieldset>
        @if (client() && offered().length > 1) {
          <button matButton class="dense" type="button" (click)="client.set(undefined)">Somebody else</button>
        }
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
    }
    button {
      justify-self: start;
    }
  `,
})
export class ClientPicker {
  readonly client = model<WalkIn | undefined>()
  /** The one who is not meant. */
  readonly without = input<string>()
  /** Where only whom one serves already will do. */
  readonly onlyOwn = input(false)
  protected readonly sought = signal('')
  protected readonly found = live<{ items: WalkIn[] }>(() => (this.sought().length > 1 ? `/admin/walk-ins?search=${encodeURIComponent(this.sought())}` : undefined))
  protected readonly offered = computed(() => (this.found.value()?.items ?? []).filter((one) => one.id !== this.without() && (one.isOwn || !this.onlyOwn())))
  protected readonly shown = computed(() => {
    const chosen = this.client()
    return chosen ? [chosen] : this.offered()
  })

  protected search(words: string): void {
    this.sought.set(words)
    this.client.set(undefined)
  }
}
