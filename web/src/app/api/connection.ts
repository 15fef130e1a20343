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
// A knock that nobody takes costs nobody anything; one that is answered while only the stream is cut is not to come too often.
const knockMs = { first: 1500, lost: 2000, deaf: 5000, patience: 10_000 }

@Injectable({ providedIn: 'root' })
export class Connection {
  private readonly news = inject(News)
  private readonly online = signal(navigator.onLine)
  private readonly visible = signal(document.visibilityState === 'visible')
  private readonly deaf = computed(() => this.news.following() && !this.news.open())
  private readonly break = computed<Break | undefined>(() => (!this.online() || unanswered() ? 'offline' : this.deaf() ? 'deaf' : undefined))
  /** A page that asks for nothing by itself learns only so whether anybody answers. */
  private readonly asks = computed(() => (unanswered() || this.deaf()) && this.online() && this.visible())
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
      if (this.asks()) knock(() => this.news.retry(), onCleanup)
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

/** Asks for something that no service worker keeps, as long as there is a doubt; `back` is called when the studio answers again. */
function knock(back: () => void, onCleanup: (end: () => void) => void): void {
  let timer: ReturnType<typeof setTimeout>
  let over = false
  const ask = async (): Promise<void> => {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(knockMs.patience) }).catch(() => undefined)
    if (over) return
    if (isNobody(answer)) unanswered.set(true)
    else if (answer?.ok && unanswered()) {
      unanswered.set(false)
      back()
    }
    timer = setTimeout(() => void ask(), unanswered() ? knockMs.lost : knockMs.deaf)
  }
  timer = setTimeout(() => void ask(), knockMs.first)
  onCleanup(() => {
    over = true
    clearTimeout(timer)
  })
}

/** So speaks who stands before a studio that does not answer, the service worker among them. */
const isNobody = (answer: Response | undefined): boolean => answer === undefined || answer.status === 502 || answer.status === 504
