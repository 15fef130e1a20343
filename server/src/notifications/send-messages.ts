// Sending: what is due is leased, asked once more whether it is still so, handed to the other side, and settled by its answer.
import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../platform/context.ts'
import { sqlState, type Database } from '../platform/db.ts'
import { together } from '../platform/read-by-id.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact, type Tx } from '../platform/tx.ts'
import type { Channel, Outgoing, Sent } from './channel.ts'
import { openScene, type Scene } from './class-facts.ts'
import { renderRow, renderRowShort, type Framing } from './message-frame.ts'
import type { MessageFacts } from './message-kinds.ts'
import { leaseMessages, markNotSent, markSent, markSkipped, rewriteFacts, type Message, type Skipped } from './messages.ts'
import { factsNow } from './outdated.ts'
import { preferencesOf } from './preferences.ts'
import { groupOf, wants } from './preferences.rule.ts'
import { attemptsMax, nextAttempt } from './retry.rule.ts'
import type { Way } from './ways.ts'

export interface SendingHouse extends Pick<Scene, 'settings' | 'qr'>, Framing {
  db: Database
  settings: Scene['settings']
}

const roundMax = 20
// Where nothing leaves the house nobody is waited for.
const outboxRoundMax = 200
// Whoever does not answer by then is asked again; the lease outlasts that, so that nobody else asks meanwhile.
const answerMs = 60_000
const leaseSeconds = 120
const noteAgainMs = 500
// What is still being noted then has gone out again soon.
const noteMsMax = leaseSeconds * 1000 - 5000

/** Sends one round of what is due by this way; answers whether there may be more. Any number of workers may: each takes rows that no other has. */
export async function sendDue(house: SendingHouse, way: Way): Promise<boolean> {
  const limit = way.channel.isOutbox ? outboxRoundMax : roundMax
  const leased = await within(house.db, tx => leaseMessages(tx.sql, { channel: way.channel.name, now: tx.now, until: tx.now.add({ seconds: leaseSeconds }), limit }))
  // Whoever took it last never came back, each time: it may be the message itself that ends them.
  const [worn, rows] = [leased.filter(row => row.attempts > attemptsMax), leased.filter(row => row.attempts <= attemptsMax)]
  const ready = await prepare(house, way, rows)
  const isKept = (one: Ready) => way.channel.isOutbox === true && 'to' in one
  const kept = ready.filter(isKept).map(one => one.row)
  if (kept.length > 0) await within(house.db, tx => markSent(tx.sql, kept, { reference: null, now: tx.now }))
  const inTurn = openTurns(house.db, way.channel)
  await Promise.all(ready.filter(one => !isKept(one)).map(one => sendOne(house, way, one, inTurn)))
  for (const row of worn) await settle(house, row, { outcome: 'failed', reason: row.lastError ?? 'every attempt to send it ended without an answer', permanent: true })
  // Whoever watches them sees what became of these.
  if (leased.length > 0) house.db.signals.send({ messages: true })
  return leased.length === limit
}

interface Addressed {
  row: Message
  facts: MessageFacts
  to: string[]
}

type Ready = Addressed | { row: Message; skipped: Skipped } | { row: Message; broken: unknown }

/** Reads for all of them together whether and to whom each is still to be said; for each alone when that fails, as one must not keep the others waiting. */
async function prepare(house: SendingHouse, way: Way, rows: readonly Message[]): Promise<Ready[]> {
  const [row] = rows
  if (row === undefined) return []
  try {
    return await within(house.db, tx => prepareIn(tx, house, { way, rows }))
  } catch (error) {
    // It is tried again like one that was not taken.
    return rows.length === 1 ? [{ row, broken: error }] : (await Promise.all(rows.map(one => prepare(house, way, [one])))).flat()
  }
}

async function prepareIn(tx: Tx, house: SendingHouse, { way, rows }: { way: Way; rows: readonly Message[] }): Promise<Ready[]> {
  const userIds = [...new Set(rows.map(row => row.userId))]
  const preferences = await preferencesOf(tx.sql, userIds)
  const addresses = await way.addressesOf(tx.sql, userIds)
  const scene = openScene(tx, house)
  const ready = await together(rows.map(async (row): Promise<Ready> => {
    if (!wants(preferences(row.userId).choices, groupOf(row.kind, row.facts), row.channel)) return { row, skipped: 'preference' }
    const facts = await factsNow(scene, row)
    if (facts === null) return { row, skipped: 'outdated' }
    const to = addresses.get(row.userId) ?? []
    if (to.length === 0) return { row, skipped: 'no-address' }
    return { row, to, facts }
  }))
  const rewritten = ready.flatMap(one => ('facts' in one && !isDeepStrictEqual(one.facts, one.row.facts) ? [{ id: one.row.id, facts: one.facts }] : []))
  await rewriteFacts(tx.sql, rewritten)
  return ready
}

/** Between two transactions, never inside one: the other side answers when it likes. */
async function sendOne(house: SendingHouse, { channel }: Way, ready: Ready, inTurn: InTurn): Promise<void> {
  const { row } = ready
  if ('skipped' in ready) return within(house.db, tx => markSkipped(tx.sql, row, ready.skipped))
  const parcel = 'broken' in ready
    ? ready
    // One that cannot be made is tried again like one that was not taken.
    : await pack(house, ready).catch((error: unknown) => ({ broken: error }))
  if (!('broken' in parcel)) {
    return inTurn(async untilMs => {
      const sent = await sendTo(channel, parcel)
      return noteInTime(house, () => settle(house, row, sent), untilMs)
    })
  }
  house.db.log.error(parcel.broken, `message ${row.id} could not be made`)
  return settle(house, row, { outcome: 'failed', reason: String(parcel.broken), permanent: false })
}

type Act = (noteUntilMs: number) => Promise<void>
type InTurn = (act: Act) => Promise<void>

/**
 * One message at a time lies between the other side's taking it and our note of that: whoever is killed there makes one duplicate at
 * most. Whose turn would outlast the lease is left to its end. Devices are many other sides: one that is slow keeps no other waiting.
 */
function openTurns({ clock }: Database, { name }: Channel): InTurn {
  const leasedMs = clock.monotonicMs()
  const noteUntilMs = leasedMs + noteMsMax
  if (name === 'push') return act => act(noteUntilMs)
  let untilMs = leasedMs + leaseSeconds * 1000 - answerMs
  let last: Promise<unknown> = Promise.resolve()
  return act => {
    const mine = last.then(() => (clock.monotonicMs() < untilMs ? act(noteUntilMs) : undefined))
    // What could not be noted may go out again: it must stay the only one.
    last = mine.catch(() => (untilMs = 0))
    return mine
  }
}

/** Only we know that it was taken: while the database is away we try to note it, as long as nobody else may send it. */
async function noteInTime(house: SendingHouse, note: () => Promise<void>, untilMs: number): Promise<void> {
  const { clock, log } = house.db
  for (let attempt = 1; ; attempt++) {
    try {
      return await note()
    } catch (error) {
      // What PostgreSQL says of the note itself would be said again.
      if (!isAway(error) || clock.monotonicMs() + noteAgainMs > untilMs) throw error
      if (attempt === 1) log.warn(error, 'what became of a message could not be noted yet')
      await new Promise(resolve => setTimeout(resolve, noteAgainMs))
    }
  }
}

/** Without a code it did not come from PostgreSQL; 57P is its going down and coming up, 53 that it has no room. */
const isAway = (error: unknown) => /^(57P|53|$)/.test(sqlState(error).code ?? '')

interface Parcel {
  message: Omit<Outgoing, 'to'>
  to: readonly string[]
}

async function pack(house: SendingHouse, { row, facts, to }: Addressed): Promise<Parcel> {
  const said = { ...row, facts }
  if (row.channel !== 'email') {
    const { title, body, url } = renderRowShort(house, said)
    return { to, message: { id: row.id, subject: title, text: body, html: null, url, attachments: [], unsubscribeUrl: null } }
  }
  const { subject, text, html, short, attachments, oneClickUrl } = await renderRow(house.db.sql, house, said)
  return { to, message: { id: row.id, subject, text, html, url: short.url, attachments, unsubscribeUrl: oneClickUrl } }
}

/** Sent when one of several addresses took it: somebody with two telephones is not told again because one of them is off. */
async function sendTo(channel: Channel, { message, to }: Parcel): Promise<Sent> {
  const answers = await Promise.all(to.map(address => bounded(channel.send({ ...message, to: address }))))
  const failed = answers.filter(one => one.outcome === 'failed')
  const taken = answers.find(one => one.outcome === 'sent')
  if (taken) return taken
  return { outcome: 'failed', reason: failed.map(one => one.reason).join('; '), permanent: failed.every(one => one.permanent) }
}

function bounded(answer: Promise<Sent>): Promise<Sent> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve({ outcome: 'failed', reason: 'no answer in time', permanent: false }), answerMs)
    answer
      // A channel answers instead of throwing; one that throws after all has not sent it.
      .catch((error: unknown): Sent => ({ outcome: 'failed', reason: String(error), permanent: false }))
      .then(sent => (clearTimeout(timer), resolve(sent)), () => undefined)
  })
}

function settle({ db }: SendingHouse, row: Message, sent: Sent): Promise<void> {
  return within(db, tx => {
    if (sent.outcome === 'sent') return markSent(tx.sql, [row], { reference: sent.reference, now: tx.now })
    return markNotSent(tx.sql, row, { error: sent.reason, dueAt: sent.permanent ? null : nextAttempt(row.attempts, tx.now) })
  })
}

function within<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() }
  return transact(db, context, { isolation: 'read committed' }, work)
}
