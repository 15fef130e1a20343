// One message as it was sent: to whom, how it stands and why, and all that it says; what failed is sent again from here.
import { Component, computed, inject, input } from '@angular/core'
import { DomSanitizer } from '@angular/platform-browser'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { StaffMessage, StaffMessageDetail } from '@fitflow/contract/notifications.ts'
import { counted } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live, type Live } from '../../api/live.ts'
import { channelWords, stateWords } from '../../api/message-words.ts'
import { ofMessages } from '../../api/news.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

@Component({
  selector: 'app-message-page',
  imports: [Icon, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './message-page.html',
  styleUrl: './message-page.css',
})
export class MessagePage {
  private readonly sanitizer = inject(DomSanitizer)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly ways = channelWords
  readonly id = input.required<string>()
  /** It is watched while it is still on its way. */
  protected readonly page: Live<StaffMessageDetail> = live<StaffMessageDetail>(() => (this.when.known() ? `/admin/messages/${this.id()}` : undefined), {
    everySeconds: (): number => (this.page.value()?.state === 'waiting' ? 2 : 30),
    hears: ofMessages,
  })
  protected readonly resending = command()
  protected readonly stands = computed(() => {
    const message = this.page.value()
    return message ? stateWords(message) : undefined
  })
  protected readonly tried = computed(() => counted(this.page.value()?.attempts ?? 0, 'time'))
  /** The server shows the mail itself, in a page that may run and load nothing. */
  protected readonly source = computed(() => this.sanitizer.bypassSecurityTrustResourceUrl(`/api/v1/admin/messages/${encodeURIComponent(this.id())}/page`))

  protected async resend(): Promise<void> {
    const done = await this.resending.send<StaffMessage>({ method: 'POST', path: `/admin/messages/${this.id()}/resend` })
    if (!done) return
    this.notice.say('It is on its way again.')
    this.page.reload()
  }
}
