// A quiet bar above everything while the studio is out of reach: since when what is shown may be old, and that it comes back by itself.
import { Component, computed, effect, inject } from '@angular/core'
import { Connection } from '../api/connection.ts'
import { When } from '../api/when.ts'
import { Icon } from '../ui/icon.ts'

@Component({
  selector: 'app-connection-bar',
  imports: [Icon],
  template: `
    <div class="bar" role="status" [class.shown]="connection.said()" [class.again]="connection.said() === 'back'">
      @switch (connection.said()) {
        @case ('offline') {
          <app-icon name="cloudOff" />
          <p><b>No connection.</b> {{ asOf() }} <span class="more">It comes back by itself.</span></p>
        }
        @case ('deaf') {
          <app-icon name="refresh" />
          <p><b>Not live</b>{{ since() ? ' since ' + since() : '' }}. <span class="more">What is shown is looked up every few seconds until it is again.</span></p>
        }
        @case ('back') {
          <app-icon name="check" />
          <p>Connected again.</p>
        }
      }
    </div>
  `,
  styleUrl: './connection-bar.css',
})
export class ConnectionBar {
  private readonly when = inject(When)
  protected readonly connection = inject(Connection)
  /** 14:32, or with its day where that is not today. */
  protected readonly since = computed(() => {
    const ms = this.connection.sinceMs()
    if (ms === undefined || !this.when.known()) return ''
    const iso = new Date(ms).toISOString()
    return this.when.dayOf(iso) === this.when.today() ? this.when.hour(iso) : this.when.moment(iso)
  })
  protected readonly asOf = computed(() => (this.since() ? `What you see is from ${this.since()}.` : 'What you see may be old.'))

  constructor() {
    // What sticks to the top of the window makes room by it.
    effect(() => document.documentElement.classList.toggle('cut-off', this.connection.said() !== undefined))
  }
}
