// What I am told, by which ways and when: each choice is kept as it is made.
import { Component, computed, inject, linkedSignal } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { MessageChannel, MessageGroup, NotificationPreferences, PreferencesChange } from '@fitflow/contract/notifications.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { channelWords, groupWords } from '../../api/message-words.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

type Quiet = 'studio' | 'own' | 'none'

const languages = [
  { language: 'en', name: 'English' },
  { language: 'es', name: 'Español' },
] as const

const quietChoices: { quiet: Quiet; name: string }[] = [
  { quiet: 'studio', name: 'As the studio' },
  { quiet: 'own', name: 'My own' },
  { quiet: 'none', name: 'None' },
]

@Component({
  selector: 'app-notifications-page',
  imports: [Icon, RefusalBox, RouterLink, Skeleton],
  templateUrl: './notifications-page.html',
  styleUrl: './notifications-page.css',
})
export class NotificationsPage {
  private readonly notice = inject(Notice)
  protected readonly page = live<NotificationPreferences>(() => '/me/notification-preferences')
  protected readonly saving = command()
  protected readonly languages = languages
  protected readonly quietChoices = quietChoices
  protected readonly groupWords = groupWords
  protected readonly channelWords = channelWords
  /** As last read or kept. */
  protected readonly now = linkedSignal(() => this.page.value())
  /** Every zone there is; browsers leave UTC out of their list. */
  protected readonly zones = computed(() => [...new Set(['UTC', this.now()?.timeZone ?? 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort())
  protected readonly quiet = computed<Quiet>(() => {
    const hours = this.now()?.quietHours
    if (!hours) return 'studio'
    return hours.start === hours.end ? 'none' : 'own'
  })

  protected async choose(group: MessageGroup, channel: MessageChannel, box: HTMLInputElement): Promise<void> {
    const kept = await this.keep({ groups: { [group]: { [channel]: box.checked } } })
    // What was refused stands as it stood.
    if (!kept) box.checked = !box.checked
  }

  protected async rest(quiet: Quiet): Promise<void> {
    const { studio } = this.now() as NotificationPreferences
    const own = { start: studio.quietHours.start === studio.quietHours.end ? '22:00' : studio.quietHours.start, end: '08:00' }
    await this.keep({ quietHours: { studio: null, own, none: { start: '00:00', end: '00:00' } }[quiet] })
  }

  protected async restBetween(start: string, end: string): Promise<void> {
    if (start && end) await this.keep({ quietHours: { start, end } })
  }

  protected async keep(change: PreferencesChange): Promise<boolean> {
    const done = await this.saving.send<NotificationPreferences>({ method: 'PATCH', path: '/me/notification-preferences', body: change })
    if (!done) return false
    this.now.set(done.answer)
    this.notice.say('Saved.')
    return true
  }
}
