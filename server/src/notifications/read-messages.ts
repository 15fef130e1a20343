// Messages as they are read: by whom they are for, and by staff who look after what did not arrive.
import type { MyMessage, MessageQuery, StaffMessage, StaffMessageDetail, StaffMessageQuery } from '@fitflow/contract/notifications.ts'
import { Id, type Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { peopleById } from '../identity/display-names.ts'
import type { MessageId, UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { Problem } from '../platform/problem.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { Scene } from './class-facts.ts'
import { renderRow, renderRowShort, type Framing } from './message-frame.ts'
import { messageColumns, type Message } from './messages.ts'
import { factsNow } from './outdated.ts'

// Ids are in the order of writing.
const latestFirst = openKeyset<[string]>(Type.Tuple([Id]))

/** What somebody was told or is about to be, latest first. What was never sent because it was no longer so, or will not be, is nothing to read. */
export async function myMessages(scene: Scene, framing: Framing, of: { userId: UserId; query: MessageQuery }): Promise<Page<MyMessage>> {
  const where = scene.sql`m.user_id = ${of.userId} and m.state <> 'skipped'`
  const { items, nextCursor } = await messagePage(scene.sql, { where, query: of.query }, async row => {
    const facts = row.state === 'waiting' ? await factsNow(scene, row) : row.facts
    return facts && toWireMine(framing, { ...row, facts })
  })
  return { items: items.filter(item => item !== null), nextCursor }
}

/** Everybody's, latest first, in one state or to one person. Served by `messages_state`, `messages_user_id` and the primary key. */
export function staffMessages(sql: Sql, framing: Framing, query: StaffMessageQuery): Promise<Page<StaffMessage>> {
  const { state, userId } = query
  const where = sql`true ${state === undefined ? sql`` : sql`and m.state = ${state}`} ${userId === undefined ? sql`` : sql`and m.user_id = ${userId}`}`
  return messagePage(sql, { where, query }, row => toWireStaff(sql, framing, row))
}

async function messagePage<T>(sql: Sql, { where, query }: { where: Fragment; query: MessageQuery }, toWire: (row: Message) => Promise<T>): Promise<Page<T>> {
  const limit = query.limit ?? pageSize
  const after = latestFirst.read(query.cursor)
  const rows = await sql<Message[]>`
    select ${messageColumns(sql)} from messages m
    where ${where} ${after ? sql`and m.id < ${after[0]}::uuid` : sql``}
    order by m.id desc limit ${limit + 1}`
  const { items, nextCursor } = latestFirst.page(rows, limit, row => [row.id])
  return { items: await Promise.all(items.map(toWire)), nextCursor }
}

/** One with all that it says. Throws `not-found`. */
export async function staffMessage(sql: Sql, framing: Framing, id: MessageId): Promise<StaffMessageDetail> {
  const row = await messageById(sql, id)
  const { subject, text, html, attachments } = await renderRow(sql, framing, row)
  const isMail = row.channel === 'email'
  return {
    ...(await toWireStaff(sql, framing, row)),
    subject,
    text,
    html: isMail ? html : null,
    attachments: isMail ? attachments.map(({ name, type }) => ({ name, type })) : [],
    reference: row.providerReference,
  }
}

/** A mail as a page of its own, with the pictures it carries; what is no mail has none. Throws `not-found`. */
export async function staffMessagePage(sql: Sql, framing: Framing, id: MessageId): Promise<string> {
  const row = await messageById(sql, id)
  if (row.channel !== 'email') throw new Problem('not-found', 'This message is no mail.')
  const { html, attachments } = await renderRow(sql, framing, row)
  const carried = attachments.filter(({ cid }) => cid !== null)
  return carried.reduce((page, { cid, type, content }) => page.replaceAll(`cid:${cid}`, `data:${type};base64,${Buffer.from(content).toString('base64')}`), html)
}

/** A row by its id; `forUpdate` locks it. Throws `not-found`. */
export async function messageById(sql: Sql, id: MessageId, forUpdate = false): Promise<Message> {
  const [row] = await sql<Message[]>`select ${messageColumns(sql)} from messages m where m.id = ${id} ${forUpdate ? sql`for update` : sql``}`
  if (!row) throw new Problem('not-found', 'There is no such message.')
  return row
}

function toWireMine(framing: Framing, row: Message): MyMessage {
  const { id, kind, channel, state, skipped } = row
  return {
    ...{ id, kind, channel, state, skipped, ...renderRowShort(framing, row) },
    ...{ createdAt: String(row.createdAt), dueAt: String(row.dueAt), sentAt: row.sentAt && String(row.sentAt) },
  }
}

/** One as staff see it in the list. */
export async function toWireStaff(sql: Sql, framing: Framing, row: Message): Promise<StaffMessage> {
  const person = (await peopleById(sql, [row.userId])).get(row.userId)
  const user = { id: row.userId, name: person?.name ?? '', email: person?.email ?? '' }
  return { ...toWireMine(framing, row), user, attempts: row.attempts, lastError: row.lastError }
}
