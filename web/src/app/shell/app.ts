// The root: a way past the navigation, focus that follows the route, and a new version taken between two pages.
import { Component, effect, inject } from '@angular/core'
import { takeUntilDestroyed } from '@angular/core/rxjs-interop'
import { NavigationEnd, Router, RouterOutlet } from '@angular/router'
import { SwUpdate } from '@angular/service-worker'
import { filter } from 'rxjs'
import { sessionEnded } from '../api/http.ts'
import { News } from '../api/news.ts'
import { Who } from '../auth/who.ts'
import { ConnectionBar } from './connection-bar.ts'

/** Places that show nothing without a person. */
const personal = /^\/(bookings|credits|me|staff)(\/|$)/

const pathOf = (url: string): string => url.split(/[?#]/)[0] ?? ''

@Component({
  selector: 'app-root',
  imports: [ConnectionBar, RouterOutlet],
  template: `
    <a class="skip" href="#main" (click)="toContent($event)">Skip to content</a>
    <app-connection-bar />
    <router-outlet />
  `,
  styles: `
    .skip {
      position: fixed;
      inset-block-start: 8px;
      inset-inline-start: 8px;
      z-index: 100;
      padding: 12px 18px;
      border-radius: 12px;
      background: var(--accent);
      color: var(--on-accent);
      transform: translateY(-200%);
    }
    .skip:focus {
      transform: none;
    }
  `,
})
export class App {
  private readonly router = inject(Router)
  private readonly updates = inject(SwUpdate)
  private readonly who = inject(Who)
  private readonly news = inject(News)

  constructor() {
    let shownPath = ''
    let newVersion = false
    this.updates.versionUpdates.pipe(takeUntilDestroyed()).subscribe((event) => {
      if (event.type === 'VERSION_READY') newVersion = true
    })
    this.router.events.pipe(filter((event) => event instanceof NavigationEnd), takeUntilDestroyed()).subscribe((event) => {
      const path = pathOf(event.urlAfterRedirects)
      const moved = shownPath !== '' && shownPath !== path
      shownPath = path
      if (moved && newVersion) location.reload()
      // After the new page is drawn; a keyboard or a screen reader would else stay where the old link was.
      if (moved) requestAnimationFrame(() => this.focusPage())
    })
    effect(() => this.news.follow(this.who.signedIn()))
    effect(() => {
      const url = this.router.url
      if (sessionEnded() === 0 || this.who.me() !== null || !personal.test(pathOf(url))) return
      void this.router.navigate(['/sign-in'], { queryParams: { return: url } })
    })
  }

  protected toContent(event: Event): void {
    event.preventDefault()
    this.focusPage()
  }

  private focusPage(): void {
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }
}
