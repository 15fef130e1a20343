// Who may open which pages. The server decides again on every call; these only spare people a page of refusals.
import { inject } from '@angular/core'
import { Router, type CanActivateFn } from '@angular/router'
import type { Me } from '@fitflow/contract/identity.ts'
import { Who } from './who.ts'

const only =
  (admitted: (me: Me) => boolean): CanActivateFn =>
  async (_route, state) => {
    const router = inject(Router)
    const me = await inject(Who).known()
    if (!me) return router.createUrlTree(['/sign-in'], { queryParams: { return: state.url } })
    return admitted(me) || router.createUrlTree([me.role === 'client' ? '/' : '/staff'])
  }

export const signedIn = only(() => true)
export const staff = only((me) => me.role !== 'client')
export const admin = only((me) => me.role === 'admin')
