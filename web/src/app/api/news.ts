// What the studio says as it happens: one stream for the whole app, open while somebody is signed in and looks at it.
import { Injectable, signal } from '@angular/core'
import type { LiveClient, LiveEventName, LiveSession, LiveSlots } from '@fitflow/contract/live.ts'
import { nowMs } from './clock.ts'

/** One thing that was said. After a `reset` anything may have changed. */
export type Said =
  | { of: 'session'; session: LiveSession }
  | { of: 'slots'; availabilityId: string }
  | { of: 'client'; id: string }
  | { of: 'mine' | 'messages' | 'reset' }

// A browser comes back by itself where the network failed; where the studio said no, we ask again after this long.
const refusedMs = 30_000

@Injectable({ providedIn: 'root' })
export class News {
  /** While it is open nobody need ask again and again. */
  readonly open = signal(false)
  /** Whether it ought to be open. */
  readonly following = signal(false)
  /** When it was last open, once it is not. */
  openUntilMs: number | undefined
  private readonly listeners = new Set<(said: Said) => void>()
  private source: EventSource | undefined
  private again: ReturnType<typeof setTimeout> | undefined
  private wanted = false

  constructor() {
    document.addEventListener('visibilitychange', () => this.look())
    window.addEventListener('online', () => this.retry())
  }

  /** The studio is back: the browser would wait on, and what was said in between is lost with the stream that it was meant for. */
  retry(): void {
    if (this.open()) return
    this.close()
    this.look()
  }

  /** Whether there is somebody to listen for. */
  follow(wanted: boolean): void {
    this.wanted = wanted
    this.look()
  }

  /** Tells of everything from now on; answers how to stop. */
  hear(listener: (said: Said) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private look(): void {
    const needed = this.wanted && document.visibilityState === 'visible'
    this.following.set(needed)
    if (needed && !this.source) this.listen()
    if (!needed) this.close()
  }

  private listen(): void {
    clearTimeout(this.again)
    const source = new EventSource('/api/v1/live')
    this.source = source
    let first = true
    source.onopen = () => {
      this.open.set(true)
      // A stream of its own knows nothing of the one before: whatever was not heard between the two may have changed.
      if (this.openUntilMs !== undefined && first) this.tell({ of: 'reset' })
      first = false
    }
    source.onerror = () => {
      this.shut()
      if (source.readyState !== EventSource.CLOSED) return
      this.close()
      this.again = setTimeout(() => this.look(), refusedMs)
    }
    for (const name of Object.keys(readers) as LiveEventName[]) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.tell(readers[name](JSON.parse(event.data)))
      })
    }
  }

  private close(): void {
    clearTimeout(this.again)
    this.source?.close()
    this.source = undefined
    this.shut()
  }

  private shut(): void {
    if (this.open()) this.openUntilMs = nowMs()
    this.open.set(false)
  }

  private tell(said: Said): void {
    for (const listener of this.listeners) listener(said)
  }
}

const readers: Record<LiveEventName, (data: unknown) => Said> = {
  session: (data) => ({ of: 'session', session: data as LiveSession }),
  slots: (data) => ({ of: 'slots', availabilityId: (data as LiveSlots).availabilityId }),
  client: (data) => ({ of: 'client', id: (data as LiveClient).id }),
  mine: () => ({ of: 'mine' }),
  messages: () => ({ of: 'messages' }),
  reset: () => ({ of: 'reset' }),
}

/** This person: said to admins only. */
export const ofClient =
  (id: () => string | undefined) =>
  (said: Said): boolean =>
    said.of === 'client' && said.id === id()
/** Anything of one's own. */
export const ofMine = (said: Said): boolean => said.of === 'mine'
/** Anything that people were told, or were not: said to admins only. */
export const ofMessages = (said: Said): boolean => said.of === 'messages'
/** Any class. */
export const ofClasses = (said: Said): boolean => said.of === 'session'
/** A class that one of these is in. */
export const ofClassesIn =
  (list: () => readonly { sessionId: string }[]) =>
  (said: Said): boolean =>
    said.of === 'session' && list().some((one) => one.sessionId === said.session.id)
/** This class. */
export const ofClass =
  (id: () => string | undefined) =>
  (said: Said): boolean =>
    said.of === 'session' && said.session.id === id()
