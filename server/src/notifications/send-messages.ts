// Sending: what is due is leased, asked once more whether it is still so, handed to the other side, and settled by its answer.
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact, type Tx } from '../platform/tx.ts'
import type { Channel, Outgoing, Sent } from './channel.ts'
import { openScene, type Scene } from './class-facts.ts'
import { renderRow, type Framing } from './message-frame.ts'
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
// Whoever does not answer by then is asked again; the lease outlasts that, so that nobody else asks meanwhile.
const answerMs = 60_000
const leaseSeconds = 120

/** Sends one round of what is due by this way; answers whether there may be more. Any number of workers may: each takes rows that no other has. */
export async function sendDue(house: SendingHouse, way: Way): Promise<boolean> {
  const leased = await within(house.db, tx =>
    leaseMessages(tx.sql, { channel: way.channel.name, now: tx.now, until: tx.now.add({ seconds: leaseSeconds }), limit: roundMax }),
  )
  await Promise.all(leased.map(row => sendOne(house, way, row)))
  return leased.length === roundMax
}

/** Between two transactions, never inside one: the other side answers when it likes. */
async function sendOne(house: SendingHouse, way: Way, row: Message): Promise<void> {
  const ready = await prepare(house, way, row)
  if ('skipped' in ready) return within(house.db, tx => markSkipped(tx.sql, row, ready.skipped))
  const sent = 'outcome' in ready ? ready : await sendTo(way.channel, ready)
  await within(house.db, tx => settle(tx, row, sent))
}

type Ready = { message: Omit<Outgoing, 'to'>; to: string[] } | { skipped: Skipped } | Sent

async function prepare(house: SendingHouse, way: Way, row: Message): Promise<Ready> {
  // Whoever took it last never came back, each time: it may be the message itself that ends them.
  if (row.attempts > attemptsMax) return { outcome: 'failed', reason: row.lastError ?? 'every attempt to send it ended without an answer', permanent: true }
  try {
    return await within(house.db, tx => prepareIn(tx, house, { way, row }))
  } catch (error) {
    // One message that cannot be made must not keep the others waiting; it is tried again like one that was not taken.
    house.db.log.error(error, `message ${row.id} could not be made`)
    return { outcome: 'failed', reason: String(error), permanent: false }
  }
}

async function prepareIn({ sql, now }: Tx, house: SendingHouse, { way, row }: { way: Way; row: Message }): Promise<Ready> {
  const own = (await preferencesOf(sql, [row.userId]))(row.userId)
  if (!wants(own.choices, groupOf(row.kind, row.facts), row.channel)) return { skipped: 'preference' }
  const facts = await factsNow(openScene({ sql, now }, house), row)
  if (facts === null) return { skipped: 'outdated' }
  const to = (await way.addressesOf(sql, [row.userId])).get(row.userId) ?? []
  if (to.length === 0) return { skipped: 'no-address' }
  await rewriteFacts(sql, row, facts)
  const { subject, text, html, short, attachments, oneClickUrl } = await renderRow(sql, house, { ...row, facts })
  const words = row.channel === 'email' ? { subject, text, html } : { subject: short.title, text: short.body, html: null }
  return { message: { id: row.id, ...words, url: short.url, attachments: row.channel === 'email' ? attachments : [], unsubscribeUrl: oneClickUrl }, to }
}

/** Sent when one of several addresses took it: somebody with two telephones is not told again because one of them is off. */
async function sendTo(channel: Channel, { message, to }: { message: Omit<Outgoing, 'to'>; to: readonly string[] }): Promise<Sent> {
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

async function settle(tx: Tx, row: Message, sent: Sent): Promise<void> {
  if (sent.outcome === 'sent') return markSent(tx.sql, row, { reference: sent.reference, now: tx.now })
  return markNotSent(tx.sql, row, { error: sent.reason, dueAt: sent.permanent ? null : nextAttempt(row.attempts, tx.now) })
}

function within<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() }
  return transact(db, context, { isolation: 'read committed' }, work)
}
