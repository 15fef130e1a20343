// One try at a door: what the sign-in library refuses with becomes the house's words here.
import { signal, type Signal } from '@angular/core'
import { problemOf, type Problem } from '../api/http.ts'

export interface Door {
  busy: Signal<boolean>
  problem: Signal<Problem | undefined>
  /** Whether it opened; if not, `problem` says why. */
  through(act: () => Promise<unknown>): Promise<boolean>
}

const words: Record<string, { title: string; detail: string }> = {
  INVALID_EMAIL_OR_PASSWORD: { title: 'That did not match', detail: 'Check the e-mail address and the password, then try again.' },
  'email-taken': { title: 'You have an account already', detail: 'Sign in with this e-mail address, or ask for a new password.' },
  'body/password': { title: 'A longer password, please', detail: 'Ten characters are the least.' },
  'body/token': { title: 'This link has been used or is too old', detail: 'Ask for a new one: it takes a moment.' },
  'body/email': { title: 'That is not an e-mail address', detail: 'Check it for a slip.' },
  'no-account': { title: 'There is no account with this address', detail: 'Create one, or ask for a link with another address.' },
  token: { title: 'This link is not genuine', detail: 'Take the one that the server printed at its start.' },
  used: { title: 'This studio has its admin', detail: 'Sign in, or ask that admin to make you one too.' },
}

function inWords(problem: Problem): Problem {
  if (problem.code === 'offline' || problem.status === 429 || problem.status >= 500) return problem
  const reason = problem.facts['reason']
  const key = typeof reason === 'string' ? reason : (problem.errors[0]?.path ?? problem.code)
  const known = words[key] ?? (problem.status === 401 ? words['INVALID_EMAIL_OR_PASSWORD'] : undefined)
  return {
    ...problem,
    code: 'sign-in-refused',
    title: known?.title ?? 'That did not work',
    detail: known?.detail ?? problem.errors[0]?.message ?? problem.detail,
    errors: [],
  }
}

export function door(): Door {
  const busy = signal(false)
  const problem = signal<Problem | undefined>(undefined)
  return {
    busy: busy.asReadonly(),
    problem: problem.asReadonly(),
    async through(act) {
      if (busy()) return false
      busy.set(true)
      problem.set(undefined)
      try {
        await act()
        return true
      } catch (error) {
        // Shown beside the form: a wrong password is no failure of the program.
        problem.set(inWords(problemOf(error)))
        return false
      } finally {
        busy.set(false)
      }
    },
  }
}

/** Why a link is of no use any more; nothing while it may still be tried, as after an outage. */
export function spent({ problem }: Door): Problem | undefined {
  return problem()?.code === 'sign-in-refused' ? problem() : undefined
}
