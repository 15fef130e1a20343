// One try at a door: sign-in answers in its own dialect, which becomes the house's words here.
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
  USER_ALREADY_EXISTS: { title: 'You have an account already', detail: 'Sign in with this e-mail address, or ask for a new password.' },
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: {
    title: 'You have an account already',
    detail: 'Sign in with this e-mail address, or ask for a new password.',
  },
  PASSWORD_TOO_SHORT: { title: 'A longer password, please', detail: 'Eight characters are the least.' },
  INVALID_TOKEN: { title: 'This link has been used or is too old', detail: 'Ask for a new one: it takes a moment.' },
  INVALID_EMAIL: { title: 'That is not an e-mail address', detail: 'Check it for a slip.' },
}

function inWords(problem: Problem): Problem {
  if (problem.code === 'offline' || problem.status === 429 || problem.status >= 500) return problem
  const known = words[problem.code] ?? (problem.status === 401 ? words['INVALID_EMAIL_OR_PASSWORD'] : undefined)
  const title = known?.title ?? 'That did not work'
  return { ...problem, code: 'sign-in-refused', title, detail: known?.detail ?? problem.detail }
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
