// What people were told, and what did not reach them: found by how it stands, and by whom it is for.
import { Component, computed, inject, input } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { messageStates, type MessageState, type StaffMessage } from '@fitflow/contract/notifications.ts'
import { channelWords, stateWords } from '../../api/message-words.ts'
import { ofMessages } from '../../api/news.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Paged } from '../../ui/paged.ts'
import { SignInMails } from './sign-in-mails.ts'

const kinds: { state: MessageState | null; name: string; none: string }[] = [
  { state: null, name: 'All', none: 'Nobody was told anything yet.' },
  { state: 'failed', name: 'Failed', none: 'Everything reached the other side, or is still being tried.' },
  { state: 'waiting', name: 'Waiting', none: 'Nothing waits to be sent.' },
  { state: 'sent', name: 'Sent', none: 'Nothing was sent yet.' },
  { state: 'skipped', name: 'Not sent', none: 'Nothing was left out.' },
]

@Component({
  selector: 'app-messages-page',
  imports: [Empty, Icon, MatButton, Paged, RouterLink, SignInMails],
  templateUrl: './messages-page.html',
  styleUrl: './messages-page.css',
})
export class MessagesPage {
  private readonly router = inject(Router)
  protected readonly when = inject(When)
  protected readonly kinds = kinds
  protected readonly ways = channelWords
  protected readonly stateWords = stateWords

  readonly state = input<string>()
  readonly userId = input<string>()
  protected readonly shown = computed(() => kinds.find(({ state }) => state === (messageStates.find((one) => one === this.state()) ?? null)) ?? kinds[0]!)
  protected readonly list = pages<StaffMessage>(
    () => {
      const query = new URLSearchParams({ limit: '50' })
      const { state } = this.shown()
      const userId = this.userId()
      if (state) query.set('state', state)
      if (userId) query.set('userId', userId)
      return this.when.known() ? `/admin/messages?${query}` : undefined
    },
    { everySeconds: 30, hears: ofMessages },
  )
  /** Whose messages alone are shown; their name comes with them. */
  protected readonly only = computed(() => (this.userId() ? (this.list.items()[0]?.user.name ?? 'One person') : ''))

  protected choose(state: MessageState | null): void {
    this.ask({ state })
  }

  protected ask(queryParams: { state?: MessageState | null; userId?: string | null }): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true })
  }
}
