// Whether this device shows what I am told: the button to ask for it, and in words what stands in the way.
import { Component, computed, inject, output, signal } from '@angular/core'
import { toSignal } from '@angular/core/rxjs-interop'
import { MatButton } from '@angular/material/button'
import { SwPush } from '@angular/service-worker'
import type { PushKey, PushSubscription as Device } from '@fitflow/contract/push.ts'
import { command } from '../../api/command.ts'
import { get, problemOf, type Problem } from '../../api/http.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'

const permissionNow = (): NotificationPermission | undefined => ('Notification' in globalThis ? Notification.permission : undefined)

const path = '/me/push-subscriptions'

const words = {
  unable: 'This browser cannot show notifications from here. On an iPhone, add the app to the home screen first and open it there.',
  blocked: 'Notifications from this studio are blocked in this browser. Allow them in its settings for this site, then open this page again.',
  ready: 'It can show what you are told, also while the app is closed. Your browser asks you first.',
  allowed: 'It may show what you are told, but does not yet.',
  told: 'It shows what you are told, also while the app is closed.',
}

@Component({
  selector: 'app-this-device',
  imports: [MatButton, RefusalBox],
  template: `
    <section class="stack" aria-labelledby="device">
      <div>
        <h2 id="device" tabindex="-1">This device</h2>
        <p class="quiet">{{ words[state()] }}</p>
      </div>
      @if (problem() ?? keeping.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="false" />
      }
      @switch (state()) {
        @case ('told') {
          <div>
            <button matButton="outlined" type="button" [disabled]="busy()" (click)="end()">Stop on this device</button>
          </div>
        }
        @case (mayAsk()) {
          <div><button matButton="filled" type="button" [disabled]="busy()" (click)="begin()">Notify me on this device</button></div>
        }
      }
    </section>
  `,
})
export class ThisDevice {
  private readonly push = inject(SwPush)
  private readonly notice = inject(Notice)
  /** Something was tried: what the studio knows of my devices may be otherwise. */
  readonly changed = output()
  private readonly permission = signal(permissionNow())
  private readonly subscription = toSignal(this.push.subscription)
  protected readonly words = words
  protected readonly keeping = command()
  protected readonly busy = signal(false)
  /** What the browser itself could not do. */
  protected readonly problem = signal<Problem | undefined>(undefined)

  protected readonly state = computed<keyof typeof words>(() => {
    const permission = this.permission()
    if (!this.push.isEnabled || permission === undefined) return 'unable'
    if (permission === 'denied') return 'blocked'
    if (permission === 'default') return 'ready'
    return this.subscription() ? 'told' : 'allowed'
  })

  /** Why nothing shows here yet. */
  readonly missing = computed(() => (this.state() === 'told' ? undefined : 'let a device show it'))

  /** The state, where a button is to be shown for it. */
  protected readonly mayAsk = computed(() => (this.state() === 'ready' || this.state() === 'allowed' ? this.state() : undefined))

  protected begin(): Promise<void> {
    return this.acting(async () => {
      const { key } = await get<PushKey>('/push-key')
      // One made with another key of the studio would reach nobody.
      if (this.subscription()) await this.push.unsubscribe()
      const kept = await this.keep(await this.push.requestSubscription({ serverPublicKey: key }))
      if (kept) this.notice.say('This device is told from now on.')
      else await this.push.unsubscribe()
    })
  }

  /** Out of reach, the studio forgets it later: its push service answers the next message with "gone". */
  protected end(): Promise<void> {
    return this.acting(async () => {
      const subscription = this.subscription()
      // Said once more, what the studio has is only named: this device knows no other name for it.
      const known = subscription && (await this.keep(subscription))
      if (known) await this.keeping.send({ method: 'DELETE', path: `${path}/${known.answer.id}` })
      // Whatever the studio answered: this device shows nothing any more.
      this.keeping.clear()
      await this.push.unsubscribe()
      this.notice.say('This device is told nothing any more.')
    })
  }

  private keep(subscription: PushSubscription) {
    const { endpoint, keys } = subscription.toJSON()
    return this.keeping.send<Device>({ method: 'POST', path, body: { endpoint, keys } })
  }

  private async acting(act: () => Promise<void>): Promise<void> {
    this.busy.set(true)
    this.problem.set(undefined)
    try {
      await act()
    } catch (error) {
      // Who said no to the browser reads so in the state; else something was out of reach.
      const outOfReach = { ...problemOf(error), detail: 'Your browser could not set it up just now. Check your connection and try again.' }
      if (permissionNow() === 'granted') this.problem.set(outOfReach)
    } finally {
      this.permission.set(permissionNow())
      this.changed.emit()
      this.busy.set(false)
    }
  }
}
