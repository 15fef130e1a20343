// The sentences below a message's main one: what was paid, what came back, what is still possible.
import type { FactsOf, MessageFacts, MessageKind, ToldPenalty } from './message-kinds.ts'
import { clipped } from './render-short.ts'
import type { Sayings } from './when-words.ts'
import type { Special, Words } from './words.ts'

const none: Special = { had: 'booking', substitute: null, until: '', amount: '', days: 0, byStudio: false, outcome: 'booked', reason: null, host: '', cause: 'failing', movedOnto: null }

/** What is special about these facts, in words. */
export function specialOf(facts: MessageFacts, words: Words, say: Sayings): Special {
  if ('validUntil' in facts) return { ...none, until: say.lastDay(facts.validUntil), amount: credits(facts.creditsLeft, words, say), days: facts.days }
  if ('webhookId' in facts) return { ...none, host: facts.host, cause: facts.cause }
  if (!('sessionId' in facts)) return { ...none, until: say.moment(facts.endsAt) }
  if ('expiresAt' in facts) return { ...none, until: say.time(facts.expiresAt) }
  if ('outcome' in facts) return { ...none, outcome: facts.outcome, reason: facts.reason }
  if ('was' in facts) return { ...none, had: facts.had, substitute: substituteIn(facts) }
  if ('had' in facts) return { ...none, had: facts.had }
  return 'byStudio' in facts ? { ...none, byStudio: facts.byStudio, movedOnto: facts.movedOnto ?? null } : none
}

function substituteIn({ was, trainerName }: FactsOf['session-changed']): string | null {
  const isAllThatChanged = Object.keys(was).every(what => what === 'trainerName')
  return isAllThatChanged && trainerName !== null ? clipped(trainerName) : null
}

function credits(hundredths: number, words: Words, say: Sayings): string {
  return words.credits(say.number(hundredths), hundredths === 100)
}

/** Every further sentence, in order. */
export function notesOf(kind: MessageKind, facts: MessageFacts, words: Words, say: Sayings): string[] {
  const amount = (hundredths: number) => credits(hundredths, words, say)
  const notes: string[] = []
  if ('reason' in facts && facts.reason !== null && kind !== 'standing-decided') notes.push(words.reason(facts.reason))
  if ('late' in facts && facts.late !== undefined) notes.push(lateWords(facts.late, words))
  if ('creditsUsed' in facts && facts.creditsUsed > 0) notes.push(words.used(amount(facts.creditsUsed)))
  if ('creditsReturned' in facts && facts.creditsReturned > 0) notes.push(words.returned(amount(facts.creditsReturned)))
  if ('creditsKept' in facts && facts.creditsKept > 0) notes.push(words.kept(amount(facts.creditsKept)))
  if ('creditsNeeded' in facts && facts.creditsNeeded !== null && facts.creditsNeeded > 0) notes.push(words.costs(amount(facts.creditsNeeded)))
  if ('penalty' in facts && facts.penalty !== null) notes.push(penaltyWords(facts.penalty, words, say))
  if ('penalties' in facts) notes.push(...(facts.penalties ?? []).map(penalty => penaltyWords(penalty, words, say)))
  if ('lotName' in facts) notes.push(facts.lotName)
  if ('freeUntil' in facts && facts.freeUntil !== null) {
    notes.push((kind === 'session-changed' ? words.cancelFreeAgain : words.cancelFree)(say.moment(facts.freeUntil)))
  }
  return notes
}

function lateWords(late: NonNullable<FactsOf['booking-cancelled']['late']>, words: Words): string {
  return late.kind === 'none' ? words.cancelledLate(late.hours) : words.cancelledPartly(late.hours, late.percent)
}

function penaltyWords(penalty: ToldPenalty, words: Words, say: Sayings): string {
  return penalty.kind === 'strike' ? words.strike(penalty.counting, penalty.max) : words.fee(say.money(penalty.amount, penalty.currency))
}
