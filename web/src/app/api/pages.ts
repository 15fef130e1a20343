// A long list, read page by page: the first as any page's resource, the next ones when somebody asks for more.
import { computed, linkedSignal, signal, type Signal } from '@angular/core'
import type { Page } from '@fitflow/contract/scalars.ts'
import { get, problemOf, type Problem } from './http.ts'
import { live, type Live, type LiveOptions } from './live.ts'

export interface Pages<T> {
  first: Live<Page<T>>
  items: Signal<T[]>
  hasMore: Signal<boolean>
  loadingMore: Signal<boolean>
  moreProblem: Signal<Problem | undefined>
  more(): Promise<void>
}

export function pages<T>(path: () => string | undefined, options: LiveOptions<Page<T>> = {}): Pages<T> {
  const first = live<Page<T>>(path, options)
  const loadingMore = signal(false)
  const moreProblem = signal<Problem | undefined>(undefined)
  // What was read beyond the first page is dropped whenever the first page is another.
  const rest = linkedSignal<Page<T> | undefined, Page<T>>({
    source: first.value,
    computation: (page) => ({ items: [], nextCursor: page?.nextCursor ?? null }),
  })
  return {
    first,
    items: computed(() => [...(first.value()?.items ?? []), ...rest().items]),
    hasMore: computed(() => rest().nextCursor !== null),
    loadingMore: loadingMore.asReadonly(),
    moreProblem: moreProblem.asReadonly(),
    async more() {
      const cursor = rest().nextCursor
      const base = path()
      if (cursor === null || base === undefined || loadingMore()) return
      loadingMore.set(true)
      moreProblem.set(undefined)
      try {
        const next = await get<Page<T>>(`${base}${base.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`)
        rest.update((known) => ({ items: [...known.items, ...next.items], nextCursor: next.nextCursor }))
      } catch (error) {
        // What is on the screen stays; the refusal stands below it.
        moreProblem.set(problemOf(error))
      } finally {
        loadingMore.set(false)
      }
    },
  }
}
