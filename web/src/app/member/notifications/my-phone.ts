// The number that SMS go to: typed, shown to be mine by a code, changed or forgotten.
import { Component, computed, inject, linkedSignal, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { MyPhone as Phone } from '@fitflow/contract/phones.ts'
import { command } from '../../api/command.ts'
import type { Ask } from '../../api/http.ts'
import { live } from '../../api/live.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'

const path = '/me/phone'

@Component({
  selector: 'app-my-phone',
  imports: [MatButton, RefusalBox],
  templateUrl: './my-phone.html',
  styles: `
    .field {
      max-width: 420px;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class MyPhone {
  private readonly notice = inject(Notice)
  private readonly page = live<Phone>(() => path)
  protected readonly acting = command()
  protected readonly phone = linkedSignal(() => this.page.value())
  protected readonly number = signal('')
  protected readonly code = signal('')
  /** Another number is being typed in place of one that there is. */
  protected readonly changing = signal(false)
  protected readonly step = computed(() => {
    const phone = this.phone()
    if (!phone) return 'waiting'
    if (this.changing()) return 'number'
    if (phone.pending) return 'code'
    return phone.number ? 'known' : 'number'
  })
  /** Why no SMS reaches me yet; nothing while one does, or while that is not known. */
  readonly missing = computed(() => {
    const phone = this.phone()
    if (!phone || (phone.number && !phone.optedOut)) return undefined
    if (phone.number) return 'send us START from your number'
    return phone.pending ? 'type the code we sent you' : 'add your number'
  })

  protected async ask(event: Event, number: string): Promise<void> {
    event.preventDefault()
    if (number.trim() !== '') await this.does({ method: 'PUT', path, body: { number: number.trim() } }, 'A code is on its way.')
  }

  protected async confirm(event: Event): Promise<void> {
    event.preventDefault()
    const code = this.code().replaceAll(/\D/g, '')
    if (code.length === 6) await this.does({ method: 'POST', path: `${path}/confirm`, body: { code } }, 'This number is yours. SMS can go there.')
  }

  protected async forget(): Promise<void> {
    if (!(await this.acting.send({ method: 'DELETE', path }))) return
    this.phone.set({ number: null, optedOut: false, pending: null })
    this.notice.say('Your number is forgotten.')
  }

  protected change(on: boolean): void {
    this.acting.clear()
    this.changing.set(on)
  }

  private async does(ask: Ask, words: string): Promise<void> {
    const done = await this.acting.send<Phone>(ask)
    if (!done) return
    this.phone.set(done.answer)
    this.code.set('')
    this.number.set('')
    this.changing.set(false)
    this.notice.say(words)
  }
}
