// One page, one resource: read, kept through a failed refresh, re-read after a command and, where asked, every few seconds.
import { DestroyRef, computed, effect, inject, linkedSignal, resource, type Signal } from '@angular/core'
import type { Page } from '@fitflow/contract/scalars.ts'
import { get, problemOf, type Problem } from './http.ts'

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
  const every = options.everySeconds
  if (every !== undefined) refreshWhileVisible(reload, typeof every === 'number' ? () => every : every)
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

function refreshWhileVisible(reload: () => void, everySeconds: () => number): void {
  const visibleReload = (): void => {
    if (document.visibilityState === 'visible') reload()
  }
  const pace = computed(everySeconds)
  effect((onCleanup) => {
    const timer = setInterval(visibleReload, pace() * 1000)
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
