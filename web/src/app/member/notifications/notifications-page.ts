// What I am told, by which ways and when: each choice is kept as it is made.
import { Component, ElementRef, Injector, afterNextRender, computed, inject, linkedSignal, signal, viewChild } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { MessageChannel, MessageGroup, NotificationPreferences, PreferencesChange } from '@fitflow/contract/notifications.ts'
import type { PushSubscription } from '@fitflow/contract/push.ts'
import { command } from '../../api/command.ts'
import type { Problem } from '../../api/http.ts'
import { live } from '../../api/live.ts'
import { channelWords, groupWords } from '../../api/message-words.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { MyPhone } from './my-phone.ts'
import { ThisDevice } from './this-device.ts'

/** What has to be done before a way reaches me, and the section of this page where that is done. */
interface Missing {
  channel: MessageChannel
  words: string
  section: 'device' | 'phone'
}

/** Where a choice is made; a no stands there as well. */
type Place = MessageGroup | 'quiet' | 'language'

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
  imports: [Icon, MyPhone, RefusalBox, RouterLink, Skeleton, ThisDevice],
  templateUrl: './notifications-page.html',
  styleUrl: './notifications-page.css',
})
export class NotificationsPage {
  private readonly notice = inject(Notice)
  private readonly injector = inject(Injector)
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement
  protected readonly page = live<NotificationPreferences>(() => '/me/notification-preferences')
  protected readonly saving = command()
  /** Where the latest choice was made. */
  private readonly place = signal<Place>('language')
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

  protected readonly devices = live<{ items: PushSubscription[] }>(() => '/me/push-subscriptions')
  private readonly phone = viewChild(MyPhone)
  private readonly device = viewChild(ThisDevice)
  protected readonly missing = computed<Missing[]>(() => {
    const number = this.phone()?.missing()
    const shown = this.devices.value()?.items.length === 0 ? this.device()?.missing() : undefined
    return [
      ...(number ? [{ channel: 'sms' as const, words: number, section: 'phone' as const }] : []),
      ...(shown ? [{ channel: 'push' as const, words: shown, section: 'device' as const }] : []),
    ]
  })

  protected isMissing(channel: MessageChannel): boolean {
    return this.missing().some((one) => one.channel === channel)
  }

  protected lead(section: Missing['section']): void {
    const head = document.getElementById(section)
    head?.scrollIntoView({ block: 'center' })
    head?.focus({ preventScroll: true })
  }

  protected async choose(group: MessageGroup, channel: MessageChannel, box: HTMLInputElement): Promise<void> {
    const kept = await this.keep({ groups: { [group]: { [channel]: box.checked } } }, group)
    // What was refused stands as it stood.
    if (!kept) box.checked = !box.checked
    const missing = this.missing().find((one) => one.channel === channel)
    if (kept && missing && box.checked) this.notice.say(`Saved. ${channelWords[channel].name}: ${missing.words} first.`)
  }

  protected async rest(quiet: Quiet): Promise<void> {
    const { studio } = this.now() as NotificationPreferences
    const own = { start: studio.quietHours.start === studio.quietHours.end ? '22:00' : studio.quietHours.start, end: '08:00' }
    await this.keep({ quietHours: { studio: null, own, none: { start: '00:00', end: '00:00' } }[quiet] }, 'quiet')
  }

  protected async restBetween(start: string, end: string): Promise<void> {
    if (start && end) await this.keep({ quietHours: { start, end } }, 'quiet')
  }

  protected refusedAt(place: Place): Problem | undefined {
    return this.place() === place ? this.saving.problem() : undefined
  }

  protected async keep(change: PreferencesChange, place: Place): Promise<boolean> {
    this.place.set(place)
    const done = await this.saving.send<NotificationPreferences>({ method: 'PATCH', path: '/me/notification-preferences', body: change })
    if (!done) {
      // It may have come below the fold, or behind the bar.
      afterNextRender(() => this.host.querySelector('.refused')?.scrollIntoView({ block: 'nearest' }), { injector: this.injector })
      return false
    }
    this.now.set(done.answer)
    this.notice.say('Saved.')
    return true
  }
}
