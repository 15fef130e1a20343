// One act of a person: sent once whatever the network does, busy while under way, and with its refusal kept for the page.
import { signal, type Signal } from '@angular/core'
import { problemOf, send, type Ask, type Problem } from './http.ts'

export interface Command {
  busy: Signal<boolean>
  problem: Signal<Problem | undefined>
  /** The answer, or null when it was refused: then `problem` says why. */
  send<T>(ask: Ask): Promise<{ answer: T } | null>
  clear(): void
}

/** Whether the server may have done it although no answer says so: then the same key must go again. */
const uncertain = (problem: Problem): boolean =>
  problem.code === 'offline' || problem.code === 'request-in-progress' || problem.status >= 500

export function command(): Command {
  const busy = signal(false)
  const problem = signal<Problem | undefined>(undefined)
  let open: { act: string; key: string } | undefined

  return {
    busy: busy.asReadonly(),
    problem: problem.asReadonly(),
    clear: () => problem.set(undefined),
    async send<T>(ask: Ask) {
      if (busy()) return null
      const act = JSON.stringify(ask)
      if (open?.act !== act) open = { act, key: crypto.randomUUID() }
      busy.set(true)
      problem.set(undefined)
      try {
        const answer = await send<T>(ask, open.key)
        open = undefined
        return { answer }
      } catch (error) {
        // The page shows a refusal in its own place; it is no failure of the program.
        const refused = problemOf(error)
        if (!uncertain(refused)) open = undefined
        problem.set(refused)
        return null
      } finally {
        busy.set(false)
      }
    },
  }
}
