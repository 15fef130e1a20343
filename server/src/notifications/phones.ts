// Rows of phones and of the codes sent to them.
import type { MyPhone } from '@fitflow/contract/phones.ts'
import type { UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { codeTriesMax, type SentCodes } from './phone-codes.rule.ts'

export interface SentCode {
  id: string
  number: string
  codeHash: string
  tries: number
}

/** Somebody's number, and the one that a code is on its way to. */
export async function readPhone(sql: Sql, userId: UserId, now: Temporal.Instant): Promise<MyPhone> {
  const [phone] = await sql<{ number: string; optedOutAt: Temporal.Instant | null }[]>`
    select number, opted_out_at from phones where user_id = ${userId}`
  const [code] = await sql<{ number: string; expiresAt: Temporal.Instant; tries: number }[]>`
    select number, expires_at, tries from phone_codes
    where user_id = ${userId} and ended_at is null and expires_at > ${now} order by sent_at desc, id desc limit 1`
  return {
    number: phone?.number ?? null,
    optedOut: !!phone?.optedOutAt,
    pending: code ? { number: code.number, expiresAt: code.expiresAt.toString(), triesLeft: codeTriesMax - code.tries } : null,
  }
}

/** Where SMS reach these people: verified numbers that have not said STOP. */
export async function smsAddresses(sql: Sql, userIds: readonly UserId[]): Promise<Map<UserId, string[]>> {
  const rows = await sql<{ userId: UserId; number: string }[]>`
    select user_id, number from phones where user_id = any(${userIds}::uuid[]) and opted_out_at is null`
  return new Map(rows.map(({ userId, number }) => [userId, [number]]))
}

const noticesKeptDays = 365

/** Notes that a STOP or START, or Twilio's word of one, is heeded; false when it was before: delivered again it must not undo what was said since. */
export async function isFirstNotice(sql: Sql, messageSid: string, now: Temporal.Instant): Promise<boolean> {
  await sql`delete from opt_out_notices where heard_at < ${now.subtract({ hours: noticesKeptDays * 24 })}`
  const rows = await sql`
    insert into opt_out_notices (message_sid, heard_at) values (${messageSid}, ${now}) on conflict do nothing returning message_sid`
  return rows.length === 1
}

/** Notes that a number said STOP, or START again; whoever has it. Said twice it changes nothing. */
export async function setOptedOut(sql: Sql, number: string, at: Temporal.Instant | null): Promise<void> {
  await sql`update phones set opted_out_at = ${at} where number = ${number} and (opted_out_at is null) <> (${at}::timestamptz is null)`
}

/** What was sent in the last day by this person and to this number; older rows have said all they had to say and go. */
export async function codesOfTheDay(sql: Sql, { userId, number, now }: { userId: UserId; number: string; now: Temporal.Instant }): Promise<SentCodes> {
  const dayAgo = now.subtract({ hours: 24 })
  await sql`delete from phone_codes where ctid = any(array(select ctid from phone_codes where sent_at < ${dayAgo} for update skip locked))`
  const rows = await sql<{ userId: UserId; number: string; sentAt: Temporal.Instant }[]>`
    select user_id, number, sent_at from phone_codes where (user_id = ${userId} or number = ${number}) and sent_at >= ${dayAgo}`
  return {
    byPerson: rows.filter(row => row.userId === userId).map(row => row.sentAt),
    toNumber: rows.filter(row => row.number === number).map(row => row.sentAt),
  }
}

/** Writes the code that is about to be sent; the ones before it hold no longer. */
export async function insertCode(sql: Sql, code: { userId: UserId; number: string; codeHash: string; now: Temporal.Instant; expiresAt: Temporal.Instant }): Promise<string> {
  const { userId, number, codeHash, now, expiresAt } = code
  await sql`update phone_codes set ended_at = ${now} where user_id = ${userId} and ended_at is null`
  const [row] = await sql<[{ id: string }]>`
    insert into phone_codes (user_id, number, code_hash, sent_at, expires_at)
    values (${userId}, ${number}, ${codeHash}, ${now}, ${expiresAt}) returning id`
  return row.id
}

/** Counts a try against the code that holds now, before anybody compares: of many at once no more are compared than may be. */
export async function countTry(sql: Sql, userId: UserId, now: Temporal.Instant): Promise<SentCode | undefined> {
  const [row] = await sql<SentCode[]>`
    update phone_codes set tries = tries + 1
    where user_id = ${userId} and ended_at is null and expires_at > ${now} and tries < ${codeTriesMax}
    returning id, number, code_hash, tries`
  return row
}

/** Ends a code; answers whether it still held. */
export async function endCode(sql: Sql, id: string, now: Temporal.Instant): Promise<boolean> {
  const rows = await sql`update phone_codes set ended_at = ${now} where id = ${id} and ended_at is null returning id`
  return rows.length === 1
}

/** Makes a number theirs, instead of the one before. */
export async function putPhone(sql: Sql, userId: UserId, number: string, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into phones (user_id, number, verified_at) values (${userId}, ${number}, ${now})
    on conflict (user_id) do update set number = excluded.number, verified_at = excluded.verified_at, opted_out_at = null`
}

/** Forgets somebody's number. */
export async function deletePhone(sql: Sql, userId: UserId, now: Temporal.Instant): Promise<void> {
  await sql`delete from phones where user_id = ${userId}`
  await sql`update phone_codes set ended_at = ${now} where user_id = ${userId} and ended_at is null`
}
