// A change of what others change too: sent for the version that was read, and when somebody was quicker, what they changed is read and nothing typed is lost.
import { signal, type Signal } from '@angular/core'
import { command, type Command } from './command.ts'
import type { Ask } from './http.ts'

/** What a thing says of itself, in words, by the names that its fields have on the screen. */
export type Said = Record<string, string>

export interface Difference {
  label: string
  was: string
  is: string
}

interface Kept<T> {
  read(): Promise<T | undefined>
  says(it: T): Said
  /** It is like that now: shown from then on, and what is typed goes on from there. */
  adopt(is: T, was: T): void
}

export interface VersionedCommand<T> extends Omit<Command, 'send'> {
  /** What somebody else has changed since it was read; empty unless they have. */
  theirs: Signal<Difference[]>
  /** Sends `ask` for the version of `it`; what is to be made has none. Null when it was refused, or somebody was quicker: then `theirs` says with what. */
  send<A>(it: T | undefined, ask: Ask): Promise<{ answer: A } | null>
}

export function differencesOf(was: Said, is: Said): Difference[] {
  return Object.keys(is).flatMap((label) => (was[label] === is[label] ? [] : [{ label, was: was[label] ?? '', is: is[label] ?? '' }]))
}

/** What is typed, on top of how it is now: a field that nobody typed into follows the thing, one that was typed into stays. */
export function rebased<Draft extends object>(typed: Draft, was: Draft, is: Draft): Draft {
  const follows = (Object.keys(typed) as (keyof Draft)[]).filter((name) => JSON.stringify(typed[name]) === JSON.stringify(was[name]))
  return { ...typed, ...Object.fromEntries(follows.map((name) => [name, is[name]])) }
}

// Bookings move a session's version too: as long as nobody has changed what it says, the change goes again.
const triesMax = 5

export function versionedCommand<T extends { version: number }>({ read, says, adopt }: Kept<T>): VersionedCommand<T> {
  const doing = command()
  const theirs = signal<Difference[]>([])
  return {
    busy: doing.busy,
    problem: doing.problem,
    theirs: theirs.asReadonly(),
    clear() {
      doing.clear()
      theirs.set([])
    },
    async send<A>(it: T | undefined, ask: Ask) {
      theirs.set([])
      if (!it) return doing.send<A>(ask)
      let known = it
      for (let tries = 1; ; tries++) {
        const done = await doing.send<A>({ ...ask, version: known.version })
        if (done || doing.problem()?.code !== 'precondition-failed') return done
        // What cannot be read now is left to the refusal that stands.
        const fresh = await read().catch(() => undefined)
        if (!fresh) return null
        const found = differencesOf(says(known), says(fresh))
        adopt(fresh, known)
        known = fresh
        if (found.length === 0 && tries < triesMax) continue
        if (found.length > 0) doing.clear()
        theirs.set(found)
        return null
      }
    },
  }
}
