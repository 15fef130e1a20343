// What I was told, latest first, each with the page it is about.
import { Component, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { MyMessage } from '@fitflow/contract/notifications.ts'
import { channelWords } from '../../api/message-words.ts'
import { ofMine } from '../../api/news.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Paged } from '../../ui/paged.ts'

@Component({
  selector: 'app-my-messages-page',
  imports: [Empty, Icon, MatButton, Paged, RouterLink],
  template: `
    <div class="page narrow stack-wide">
      <div>
        <a class="back" routerLink="/me/notifications"><app-icon name="chevronLeft" />What you are told</a>
        <h1>What you were told</h1>
      </div>
      <app-paged [list]="list">
        @if (list.items().length === 0) {
          <app-empty icon="mail" title="Nothing yet">
            <span>When you book, wait or are reminded, it stands here as well.</span>
            <a matButton="filled" routerLink="/">Browse classes</a>
          </app-empty>
        } @else {
          <ul class="card card-tight">
            @for (one of list.items(); track one.id) {
              <li>
                <a [routerLink]="pathOf(one)">
                  <app-icon [name]="ways[one.channel].icon" [attr.title]="ways[one.channel].name" />
                  <span class="words">
                    <span class="title">{{ one.title }}</span>
                    <span class="body">{{ one.body }}</span>
                    <span class="small quiet num">{{ ways[one.channel].name }}, {{ one.sentAt ? when.moment(one.sentAt) : one.state === 'failed' ? 'could not be sent' : 'on its way' }}</span>
                  </span>
                  <app-icon name="chevronRight" />
                </a>
              </li>
            }
          </ul>
        }
      </app-paged>
    </div>
  `,
  styles: `
    li + li {
      border-top: 1px solid var(--line);
    }
    li a {
      display: flex;
      align-items: start;
      gap: 14px;
      padding: 14px 14px 14px 18px;
      color: var(--ink);
      text-decoration: none;
    }
    li a:hover {
      background: color-mix(in oklab, var(--sunken) 50%, transparent);
    }
    li a:focus-visible {
      outline-offset: -3px;
      border-radius: var(--radius);
    }
    app-icon {
      --icon: 20px;
      margin-top: 1px;
      color: var(--ink-2);
    }
    .words {
      flex: 1;
      display: grid;
      gap: 2px;
      min-width: 0;
    }
    .title {
      font-weight: 560;
    }
  `,
})
export class MyMessagesPage {
  protected readonly when = inject(When)
  protected readonly ways = channelWords
  protected readonly list = pages<MyMessage>(() => (this.when.known() ? '/me/messages?limit=25' : undefined), { everySeconds: 30, hears: ofMine })

  /** Links are whole addresses, as mails need them; here only the page counts. */
  protected pathOf({ url }: MyMessage): string {
    return new URL(url).pathname
  }
}
