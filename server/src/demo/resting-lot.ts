// Member 1 was away for a while: one of their packs rests, so that a freeze shows wherever lots do.
import { decideFreeze, freezeSpan } from '../credits/freeze.rule.ts'
import { freezeLot } from '../credits/freeze-lot.ts'
import type { Lot } from '../credits/lots.ts'
import type { Tx } from '../platform/tx.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'

const daysAhead = 9

/** From the instant of `tx` on; announces nothing, as the rest of the demo does not. */
export function restLot(tx: Tx, lot: Lot, timeZone: string): void {
  const quiet: Tx = { ...tx, emit: () => {} }
  const today = studioDay(tx.now, timeZone)
  const at = { now: tx.now, timeZone }
  const span = freezeSpan({ from: String(today), until: String(today.add({ days: daysAhead })) }, at, 'body')
  freezeLot(quiet, lot, decideFreeze(lot, span, at), { reason: 'away for work', timeZone })
}
