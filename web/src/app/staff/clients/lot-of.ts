// A lot and whose it is, as the dialogs that change it are given them; and the instant at which a last day ends.
import type { Membership } from '@fitflow/contract/credits.ts'
import type { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'

export interface LotOf {
  lot: Membership
  client: { id: string; name: string }
}

/** Valid through the whole of its last day. */
export const endOfDay = (lastDay: string, when: When): string => instantOf(when.addDays(lastDay, 1), '00:00', when.zone())

/** As short as a reason may be. */
export const reasonMin = 3
