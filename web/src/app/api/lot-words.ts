// What a lot of credits or a period of access is worth, in plain words: what it pays for, until when, and what holds it up.
import type { Membership, MyMemberships } from '@fitflow/contract/credits.ts'
import { counted } from './amounts.ts'

/** `resting`: a freeze is under way. `unused`: its time begins with its first booking. */
export type LotState = 'ended' | 'early' | 'resting' | 'used-up' | 'unused' | 'live'

/** How the studio says its days: where something begins, where it ends, and how far off that is. */
export interface SaysDays {
  first(iso: string): string
  end(iso: string): string
  daysUntil(iso: string): number
}

export interface LotWords {
  state: LotState
  /** Whether it pays for a class that starts at the right time. */
  pays: boolean
  tag: { words: string; tone: string } | undefined
  ends: string
  /** Its end is near enough to warn. */
  soon: boolean
  notes: string[]
}

const warnDays = 14
const paying: readonly LotState[] = ['live', 'unused', 'resting']

const tags: Record<LotState, LotWords['tag']> = {
  ended: { words: 'Ended', tone: '' },
  early: { words: 'Not begun', tone: '' },
  resting: { words: 'Frozen', tone: 'held' },
  'used-up': { words: 'Used up', tone: '' },
  unused: { words: 'Not started', tone: '' },
  live: undefined,
}

export function lotState(lot: Membership, atMs: number): LotState {
  const reached = (iso: string): boolean => Date.parse(iso) <= atMs
  if (reached(lot.validUntil)) return 'ended'
  if (!reached(lot.validFrom)) return 'early'
  if (lot.freeze && reached(lot.freeze.from) && !reached(lot.freeze.until)) return 'resting'
  if (lot.creditsBalance === 0) return 'used-up'
  return lot.activation && lot.activation.activatedAt === null ? 'unused' : 'live'
}

/** Whether a freeze is under way or to come. */
export const isFrozen = ({ freeze }: Membership, atMs: number): boolean => freeze !== null && Date.parse(freeze.until) > atMs

export interface LotShelf {
  /** What can pay, now or once it has begun, in the order it is spent. */
  open: Membership[]
  /** What is used up or has ended, the latest first. */
  over: Membership[]
  /** The id of what pays for the next class: unlimited access before credits, since it spends nothing. */
  first: string | undefined
}

export function lotShelf(has: MyMemberships | undefined, atMs: number): LotShelf {
  const all = has ? [...has.items, ...has.ended] : []
  const isOver = (lot: Membership): boolean => ['ended', 'used-up'].includes(lotState(lot, atMs))
  const [access, counted] = [all.filter((lot) => lot.creditsBalance === null), all.filter((lot) => lot.creditsBalance !== null)]
  // Lots come with the one that ends soonest first; access is used the other way round.
  const open = [...access.toReversed(), ...counted].filter((lot) => !isOver(lot))
  const first = open.find((lot) => ['live', 'unused'].includes(lotState(lot, atMs)))
  return { open, over: all.filter(isOver), first: first?.id }
}

export function lotWords(lot: Membership, atMs: number, says: SaysDays): LotWords {
  const state = lotState(lot, atMs)
  const pays = paying.includes(state)
  const soon = pays && state !== 'unused' && says.daysUntil(lot.validUntil) <= warnDays
  return { state, pays, soon, tag: tags[state], ends: endOf(lot, { state, soon }, says), notes: notesOf(lot, atMs, says) }
}

function endOf(lot: Membership, { state, soon }: Pick<LotWords, 'state' | 'soon'>, says: SaysDays): string {
  const end = says.end(lot.validUntil)
  const days = says.daysUntil(lot.validUntil)
  if (state === 'ended') return `Ended ${end}`
  if (state === 'early') return `From ${says.first(lot.validFrom)} until ${end}`
  if (state === 'unused') return `At the latest until ${end}`
  if (!soon) return `Until ${end}`
  return days <= 0 ? `Ends today, ${end}` : `Ends in ${counted(days, 'day')}, on ${end}`
}

function notesOf(lot: Membership, atMs: number, says: SaysDays): string[] {
  const state = lotState(lot, atMs)
  const notes: string[] = []
  if (paying.includes(state)) notes.push(payWords(lot, state))
  if (lot.freeze && isFrozen(lot, atMs)) notes.push(freezeWords(lot.freeze, state, says))
  if (lot.planType === 'returned') notes.push('This came back from a booking when the credits it was paid with had ended, or nearly.')
  if (lot.planType === 'transferred') notes.push('Moved here from another member.')
  if (state === 'ended' && lot.expiredAt) notes.push('What was left in it was taken out then.')
  return notes
}

function payWords({ creditsBalance, activation }: Membership, state: LotState): string {
  if (state === 'unused') return `Its ${counted(activation?.days ?? 0, 'day')} begin with the first booking it pays.`
  return creditsBalance === null ? 'Every class that starts by then is included.' : 'Pays for any class that starts by then.'
}

function freezeWords({ from, until }: NonNullable<Membership['freeze']>, state: LotState, says: SaysDays): string {
  const rest = state === 'resting' ? `Frozen until ${says.end(until)}` : `Frozen from ${says.first(from)} until ${says.end(until)}`
  return `${rest}. It pays for no class in that time, and ends later by as long.`
}
