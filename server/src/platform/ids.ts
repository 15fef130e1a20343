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

/** A fresh id whose order is the order of making: rows made together lie together in every index. */
export function newId<Id extends string>(): Id {
  return randomUUIDv7() as string as Id
}

/** Each id once, ascending: the order in which rows of one kind are locked (docs/locking.md). */
export function inLockOrder<Id extends string>(ids: Iterable<Id>): Id[] {
  return [...new Set(ids)].sort()
}
