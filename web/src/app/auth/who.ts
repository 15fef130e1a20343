// Who is here: the signed-in person, and the ways in and out.
import { Injectable, computed, effect, signal, untracked } from '@angular/core'
import type { Me, Role, Setup } from '@fitflow/contract/identity.ts'
import { call, get, problemOf, send, sessionEnded } from '../api/http.ts'
import { forgetDevice } from './forget-device.ts'
import { forgetPrivateCaches } from './private-caches.ts'

/** Set while a session is believed to exist, so that visitors need not ask a question whose answer is a 401. */
const hint = 'fitflow.signed-in'

const ranks: Record<Role, number> = { client: 0, trainer: 1, admin: 2 }

@Injectable({ providedIn: 'root' })
export class Who {
  /** Undefined while nobody knows yet, null for a visitor. */
  readonly me = signal<Me | null | undefined>(undefined)
  readonly signedIn = computed(() => !!this.me())
  readonly isStaff = computed(() => this.atLeast('trainer'))
  readonly isAdmin = computed(() => this.atLeast('admin'))
  private asking: Promise<Me | null> | undefined

  constructor() {
    window.addEventListener('online', () => {
      if (!this.me()) void this.ask()
    })
    effect(() => {
      if (sessionEnded() > 0) untracked(() => this.me() && void this.left())
    })
  }

  /** The person, asked once. */
  known(): Promise<Me | null> {
    const me = this.me()
    if (me !== undefined) return Promise.resolve(me)
    this.asking ??= this.ask()
    return this.asking
  }

  async signIn(email: string, password: string): Promise<Me | null> {
    await post('sign-in/email', { email, password })
    return this.askAfresh()
  }

  async signUp(name: string, email: string, password: string): Promise<Me | null> {
    await post('sign-up/email', { name, email, password })
    return this.askAfresh()
  }

  /** Makes the studio's first admin out of the one-time link, and signs them in. */
  async setUp(token: string, person: { name: string; email: string; password: string }): Promise<Me | null> {
    await send({ method: 'POST', path: '/setup', body: { token, ...person } satisfies Setup }, crypto.randomUUID())
    return this.signIn(person.email, person.password)
  }

  async signOut(): Promise<void> {
    await post('sign-out', {})
    await this.left()
  }

  requestReset(email: string): Promise<unknown> {
    return post('request-password-reset', { email, redirectTo: '/reset-password' })
  }

  resetPassword(token: string, newPassword: string): Promise<unknown> {
    return post('reset-password', { token, newPassword })
  }

  /** `to` is the page of ours that the link leads on to. */
  askSignInLink(email: string, to = '/'): Promise<unknown> {
    return post('sign-in/magic-link', { email, callbackURL: to })
  }

  async signInByLink(token: string): Promise<Me | null> {
    await post('magic-link/verify', { token })
    return this.askAfresh()
  }

  /** Asked as nobody: whoever is signed in would be told more than whether a mail is on its way. */
  askConfirmation(email: string): Promise<unknown> {
    return post('send-verification-email', { email }, 'omit')
  }

  confirmAddress(token: string): Promise<unknown> {
    return post('verify-email', { token })
  }

  /** The session is over, whoever ended it: nothing of this person stays on the device. */
  async left(): Promise<void> {
    localStorage.removeItem(hint)
    this.me.set(null)
    // A browser that cannot end its subscription now must not keep what else is to go.
    await Promise.all([forgetPrivateCaches(), forgetDevice().catch(() => undefined)])
  }

  private askAfresh(): Promise<Me | null> {
    localStorage.setItem(hint, '1')
    return this.ask()
  }

  private async ask(): Promise<Me | null> {
    try {
      const me = await this.read()
      this.me.set(me)
      if (me) localStorage.setItem(hint, '1')
      return me
    } catch (error) {
      // A 401 ends the session; without a network nobody knows, and what is kept for offline must stay.
      if (problemOf(error).status === 401) await this.left()
      else this.me.set(null)
      return null
    } finally {
      this.asking = undefined
    }
  }

  private async read(): Promise<Me | null> {
    if (localStorage.getItem(hint) === null) {
      const session = await call<object | null>('/api/auth/get-session', {})
      if (!session) return null
    }
    return get<Me>('/me')
  }

  private atLeast(role: Role): boolean {
    const me = this.me()
    return !!me && ranks[me.role] >= ranks[role]
  }
}

function post(path: string, body: object, credentials: RequestCredentials = 'same-origin'): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' }
  return call(`/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body), credentials })
}
