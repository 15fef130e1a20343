// Identities: UUIDs that are told apart by the compiler and ordered by time.
import { randomUUIDv7 } from 'node:crypto'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type UserId = Branded<'user'>
export type TemplateId = Branded<'class template'>
export type SessionId = Branded<'class session'>
export type MembershipId = Branded<'membership'>
export type TransactionId = Branded<'credit transaction'>
export type ReceiptId = Branded<'receipt'>
export type HoldId = Branded<'hold'>
export type BookingId = Branded<'booking'>
export type EntryId = Branded<'waitlist entry'>
export type PenaltyId = Branded<'penalty'>
export type CheckinId = Branded<'check-in'>
export type BlockId = Branded<'block'>
export type SeriesId = Branded<'class series'>
export type ClosureId = Branded<'closure'>
export type AvailabilityId = Branded<'availability'>
export type StandingId = Branded<'standing reservation'>
export type WebhookId = Branded<'webhook'>
export type WebhookDeliveryId = Branded<'webhook delivery'>
export type MessageId = Branded<'message'>
export type ReconciliationId = Branded<'reconciliation'>

let lastMs = 0
let made = 0

/** A fresh id whose order is the order of making: rows made together lie together in every index. */
export function newId<Id extends string>(): Id {
  const id = randomUUIDv7()
  const ms = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  // Within a millisecond the library's ids fall in any order: the 12 bits after the version count instead (RFC 9562, 6.2).
  made = ms > lastMs ? 0 : made + 1
  lastMs = Math.max(ms, lastMs)
  if (made > 0xfff) {
    lastMs += 1
    made = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${made.toString(16).padStart(3, '0')}${id.slice(18)}` as Id
}

/** Each id once, ascending: the order in which rows of one kind are locked (docs/locking.md). */
export function inLockOrder<Id extends string>(ids: Iterable<Id>): Id[] {
  return [...new Set(ids)].sort()
}
