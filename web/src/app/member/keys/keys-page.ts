// Keys by which a program acts as oneself: made with a scope and an end, told once, ended at any time.
import { Component, computed, inject, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { ApiKey, ApiKeyMade, NewApiKey } from '@fitflow/contract/identity.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

const daysUsual = 90

@Component({
  selector: 'app-keys-page',
  imports: [Empty, Icon, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './keys-page.html',
  styleUrl: './keys-page.css',
})
export class KeysPage {
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly keys = live<{ items: ApiKey[] }>(() => (this.when.known() ? '/me/api-keys' : undefined))
  protected readonly making = command()
  protected readonly ending = command()
  /** The secret of the key just made; nobody can show it again. */
  protected readonly told = signal<string | null>(null)
  protected readonly name = signal('')
  protected readonly scope = signal<NewApiKey['scope']>('read')
  protected readonly days = signal(daysUsual)
  protected readonly scopes = [
    { scope: 'read', name: 'Read', words: 'It sees what you see, and changes nothing.' },
    { scope: 'write', name: 'Read and write', words: 'It also books, cancels and whatever else you may do. It makes no other keys.' },
  ] as const
  protected readonly ready = computed(() => this.name().trim() !== '' && Number.isInteger(this.days()) && this.days() >= 1)

  protected async make(event: Event): Promise<void> {
    event.preventDefault()
    if (!this.ready()) return
    const body: NewApiKey = { name: this.name().trim(), scope: this.scope(), expiresInDays: this.days() }
    const done = await this.making.send<ApiKeyMade>({ method: 'POST', path: '/me/api-keys', body })
    if (!done) return
    this.told.set(done.answer.key)
    this.name.set('')
    this.keys.reload()
  }

  protected async end(id: string): Promise<void> {
    const done = await this.ending.send({ method: 'DELETE', path: `/me/api-keys/${id}` })
    if (!done) return
    this.notice.say('The key opens nothing any more.')
    this.keys.reload()
  }

  protected async copy(key: string): Promise<void> {
    await navigator.clipboard.writeText(key)
    this.notice.say('Copied.')
  }
}
