// Whether the studio is within reach: what the app shows may be old from the moment on at which it was not.
import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core'
import { nowMs } from './clock.ts'
import { answeredMs, unanswered } from './http.ts'
import { News } from './news.ts'

/** `offline`: nobody answers. `deaf`: there are answers, but the studio can tell us nothing by itself. */
export type Break = 'offline' | 'deaf'

// A browser comes back two seconds after a stream ended: what is over before this has passed is nobody's business.
const graceMs = 5000
const shownBackMs = 3000
const knockMs = { first: 1500, again: 5000 }

@Injectable({ providedIn: 'root' })
export class Connection {
  private readonly news = inject(News)
  private readonly online = signal(navigator.onLine)
  private readonly visible = signal(document.visibilityState === 'visible')
  private readonly break = computed<Break | undefined>(() => {
    if (!this.online() || unanswered()) return 'offline'
    return this.news.following() && !this.news.open() ? 'deaf' : undefined
  })
  private readonly broken = computed(() => this.break() !== undefined)
  private readonly shown = signal(false)
  private readonly back = signal(false)

  /** What is to be said now; nothing while all is well. */
  readonly said = computed(() => (this.shown() ? (this.break() ?? 'back') : this.back() ? 'back' : undefined))
  /** Since when the figures may be old, by the studio's clock; undefined when there never were any. */
  readonly sinceMs = signal<number | undefined>(undefined)

  constructor() {
    const look = (): void => this.online.set(navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    document.addEventListener('visibilitychange', () => this.visible.set(document.visibilityState === 'visible'))
    effect((onCleanup) => this.follow(this.broken(), onCleanup))
    effect((onCleanup) => {
      if (unanswered() && this.online() && this.visible()) knock(onCleanup)
    })
  }

  private follow(broken: boolean, onCleanup: (end: () => void) => void): void {
    const { shown, back } = this
    const visible = untracked(() => shown() || back())
    if (broken) this.sinceMs.set(untracked(() => this.lastTrueMs()))
    // What breaks while it is still said that it is back is said at once: no coming and going.
    shown.set(broken && visible)
    back.set(!broken && visible)
    if (broken === visible) return
    const timer = setTimeout(() => (broken ? shown.set(true) : back.set(false)), broken ? graceMs : shownBackMs)
    onCleanup(() => clearTimeout(timer))
  }

  /** When the studio last told or answered us something. */
  private lastTrueMs(): number | undefined {
    return this.news.open() ? nowMs() : newest(this.news.openUntilMs, answeredMs())
  }
}

const newest = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? (a ?? b) : Math.max(a, b))

/** Asks for something that no service worker keeps, until the studio answers. */
function knock(onCleanup: (end: () => void) => void): void {
  let timer: ReturnType<typeof setTimeout>
  let over = false
  const ask = async (): Promise<void> => {
    const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined)
    if (answer?.ok) unanswered.set(false)
    if (!over) timer = setTimeout(() => void ask(), knockMs.again)
  }
  timer = setTimeout(() => void ask(), knockMs.first)
  onCleanup(() => {
    over = true
    clearTimeout(timer)
  })
}
