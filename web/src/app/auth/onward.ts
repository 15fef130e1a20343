// Where somebody goes who has just come in.
import type { Me } from '@fitflow/contract/identity.ts'

/** `wanted` if it is a page of ours; else staff to their sessions and members to the schedule. */
export function onward(wanted: string | undefined, me: Me | null | undefined): string {
  // Two slashes would lead to another site.
  if (wanted && /^\/(?![/\\])/.test(wanted)) return wanted
  return me && me.role !== 'client' ? '/staff' : '/'
}
