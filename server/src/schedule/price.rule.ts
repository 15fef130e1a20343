// What a class costs, as it crosses the wire.
import type { Money } from '@fitflow/contract/scalars.ts'
import { toWireCredits } from '../platform/credits.ts'

interface Kept {
  priceCredits: number
  dropInCents: number | null
}

/** Credits and minor units; `money` is null for what is not sold singly. */
export function wirePrice({ priceCredits, dropInCents }: Kept, currency: string): { credits: number; money: Money | null } {
  const money = dropInCents === null ? null : { amount: dropInCents, currency }
  return { credits: toWireCredits(priceCredits), money }
}
