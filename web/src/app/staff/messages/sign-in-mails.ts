// Sign-in mails of a demo that sends none: who may come in by which link. Elsewhere the studio keeps none, and this shows nothing.
import { Component, computed, inject } from '@angular/core'
import type { SignInLetter } from '@fitflow/contract/notifications.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'

const abouts: Record<SignInLetter['about'], string> = {
  'magic-link': 'Signs them in: once, for five minutes',
  'password-reset': 'Sets a new password: once, for an hour',
  'email-verification': 'Confirms their address: for an hour',
}

@Component({
  selector: 'app-sign-in-mails',
  template: `
    @if (letters().length > 0) {
      <details class="card card-tight">
        <summary>
          <span class="words">
            <span class="name">Sign-in mails</span>
            <span class="small quiet">This demo sends none, so they show here. Whoever has a link can use it.</span>
          </span>
          <span class="said small quiet num">{{ letters().length === 1 ? '1 mail' : letters().length + ' mails' }}</span>
        </summary>
        <ul>
          @for (one of letters(); track one.link) {
            <li>
              <span class="words">
                <span class="to">{{ one.to }}</span>
                <span class="small quiet num">{{ abouts[one.about] }}. {{ when.moment(one.at) }}</span>
              </span>
              <a [href]="one.link" target="_blank" rel="noreferrer">Open the link<span class="unseen"> for {{ one.to }}, in a new tab</span></a>
            </li>
          }
        </ul>
      </details>
    }
  `,
  styleUrls: ['../../ui/fold-row.css', './sign-in-mails.css'],
})
export class SignInMails {
  protected readonly when = inject(When)
  protected readonly abouts = abouts
  private readonly list = live<{ items: SignInLetter[] }>(() => (this.when.known() ? '/admin/letters' : undefined), { everySeconds: 15 })
  protected readonly letters = computed(() => this.list.value()?.items ?? [])
}
