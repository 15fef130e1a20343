// One page, one resource: read, kept through a failed refresh, read again after a command, when something is heard of it and, where nothing can be heard, every few seconds.
import { DestroyRef, computed, effect, inject, linkedSignal, resource, type Signal } from '@angular/core'
import type { Page } from '@fitflow/contract/scalars.ts'
import { deviceMs } from './clock.ts'
import { get, problemOf, type Problem } from './http.ts'
import { News, type Said } from './news.ts'

export interface Live<T> {
  /** The latest answer for the present path. */
  value: Signal<T | undefined>
  state: Signal<'waiting' | 'refused' | 'ready'>
  /** Why there is nothing to show. */
  problem: Signal<Problem | undefined>
  /** There is something to show, but the last refresh failed. */
  stale: Signal<boolean>
  reload(): void
}

export interface LiveOptions<T> {
  /** How often to ask again while the page is visible; a function when it depends on what was read. */
  everySeconds?: number | (() => number)
  /** What it changes by: while the studio tells of that, it is asked far less often. */
  hears?: (said: Said) => boolean
  read?: (path: string, signal: AbortSignal) => Promise<T>
}

/** Reads `path()` (nothing while it is undefined) and follows it when it changes. */
export function live<T>(path: () => string | undefined, options: LiveOptions<T> = {}): Live<T> {
  const read = options.read ?? ((of: string, signal: AbortSignal) => get<T>(of, signal))
  const answer = resource({
    params: () => path(),
    loader: async ({ params, abortSignal }) => ({ of: params, got: await read(params, abortSignal) }),
  })
  const kept = linkedSignal<{ of: string | undefined; got: T | undefined }, T | undefined>({
    source: () => {
      const fresh = answer.hasValue() ? answer.value() : undefined
      return { of: path(), got: fresh !== undefined && fresh.of === path() ? fresh.got : undefined }
    },
    computation: (now, before) => now.got ?? (before?.source.of === now.of ? before?.value : undefined),
  })
  const failure = computed(() => (answer.error() ? problemOf(answer.error()?.cause ?? answer.error()) : undefined))
  const reload = (): void => void answer.reload()
  const { everySeconds: every, hears } = options
  const news = inject(News)
  const told = computed(() => hears !== undefined && news.open())
  const pace = computed(() => {
    const seconds = typeof every === 'function' ? every() : every
    return seconds === undefined ? undefined : Math.max(seconds, told() ? toldSeconds : 0)
  })
  if (every !== undefined) refreshWhileVisible(reload, pace)
  if (hears) reloadWhenTold(reload, news, hears)
  return {
    value: kept.asReadonly(),
    problem: failure,
    stale: computed(() => kept() !== undefined && failure() !== undefined),
    state: computed(() => {
      if (kept() !== undefined) return 'ready'
      return failure() ? 'refused' : 'waiting'
    }),
    reload,
  }
}

// What is told may be lost, and time changes things that nobody tells of.
const toldSeconds = 30

// A drop changes a class many times a second, and hundreds look: they come apart, and each comes once a second.
const apartMs = { least: 40, most: 240, again: 1000 }

function reloadWhenTold(reload: () => void, news: News, hears: (said: Said) => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastMs = 0
  const stop = news.hear((said) => {
    if (timer !== undefined || (said.of !== 'reset' && !hears(said))) return
    const soonMs = apartMs.least + Math.random() * (apartMs.most - apartMs.least)
    timer = setTimeout(
      () => {
        timer = undefined
        lastMs = deviceMs()
        reload()
      },
      Math.max(soonMs, lastMs + apartMs.again - deviceMs()),
    )
  })
  inject(DestroyRef).onDestroy(() => {
    clearTimeout(timer)
    stop()
  })
}

function refreshWhileVisible(reload: () => void, pace: () => number | undefined): void {
  const visibleReload = (): void => {
    if (document.visibilityState === 'visible') reload()
  }
  effect((onCleanup) => {
    const timer = setInterval(visibleReload, (pace() ?? toldSeconds) * 1000)
    onCleanup(() => clearInterval(timer))
  })
  document.addEventListener('visibilitychange', visibleReload)
  window.addEventListener('online', visibleReload)
  inject(DestroyRef).onDestroy(() => {
    document.removeEventListener('visibilitychange', visibleReload)
    window.removeEventListener('online', visibleReload)
  })
}

/** Reads a list to its end, at most `pagesMax` pages: what a screen shows at once is never more. */
export function wholeList<T>(pagesMax = 5): (path: string, signal: AbortSignal) => Promise<T[]> {
  return async (path, signal) => {
    const items: T[] = []
    let cursor: string | null = null
    for (let page = 0; page < pagesMax; page++) {
      const more: string = cursor === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
      const answer: Page<T> = await get<Page<T>>(path + more, signal)
      items.push(...answer.items)
      cursor = answer.nextCursor
      if (cursor === null) break
    }
    return items
  }
}
