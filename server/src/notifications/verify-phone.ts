// A number becomes somebody's: a code goes to it, and whoever reads it there types it here.
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Secret } from '../platform/secret.ts'
import { transact, type Tx } from '../platform/tx.ts'
import type { Settings } from '../schedule/settings.ts'
import type { Channel } from './channel.ts'
import { codeSms } from './phone-code-words.ts'
import { codeMinutes, codeTriesMax, secondsUntilNextCode } from './phone-codes.rule.ts'
import { codesOfTheDay, countTry, endCode, insertCode, putPhone, type SentCode } from './phones.ts'
import { preferencesOf } from './preferences.ts'

export interface PhoneHouse {
  db: Database
  settings: { current(): Settings }
  secret: Secret
  /** Null where the studio has no way to send SMS. */
  sms: Channel | null
}

type Person = { userId: UserId; context: Context }

/** Sends a code to `number`, which nothing else is sent to before. Throws `sms-not-offered`, `rate-limited`, `sms-not-taken`. */
export async function sendCode(house: PhoneHouse, { userId, context }: Person, number: string): Promise<void> {
  const { db, sms, settings } = house
  if (!sms) throw new Problem('sms-not-offered', 'This studio sends no SMS.')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const { id, text } = await transact(db, context, {}, async tx => {
    const seconds = secondsUntilNextCode(await codesOfTheDay(tx.sql, { userId, number, now: tx.now }), tx.now)
    if (seconds > 0) throw new Problem('rate-limited', `So many codes are enough for now. Please wait ${seconds} s.`, { retryAfterSeconds: seconds })
    const { language } = (await preferencesOf(tx.sql, [userId]))(userId)
    const expiresAt = tx.now.add({ minutes: codeMinutes })
    const row = { userId, number, codeHash: hashCode(house.secret, userId, code), now: tx.now, expiresAt }
    return { id: await insertCode(tx.sql, row), text: codeSms(language, code, settings.current().studioName) }
  })
  const sent = await sms.send({ id, to: number, subject: '', text, html: null, url: null, attachments: [], unsubscribeUrl: null })
  if (sent.outcome === 'sent') return
  db.log.warn({ reason: sent.reason }, 'a code for a telephone was not taken')
  await transact(db, context, { isolation: 'read committed' }, tx => endCode(tx.sql, id, tx.now))
  throw notTaken(sent.permanent)
}

/** Counts a try and compares. Throws `phone-code-wrong`, and `phone-code-expired` where there is none to compare with. */
export async function tryCode(house: PhoneHouse, { userId, context }: Person, code: string): Promise<SentCode> {
  // Committed before anything is compared: a refusal rolls nothing of it back.
  const sent = await transact(house.db, context, { isolation: 'read committed' }, tx => countTry(tx.sql, userId, tx.now))
  if (!sent) throw expired()
  if (!sameHash(sent.codeHash, hashCode(house.secret, userId, code))) {
    const triesLeft = codeTriesMax - sent.tries
    const detail = triesLeft > 0 ? 'This is not the code that we sent. Look again.' : 'This is not the code that we sent. Ask for another one.'
    throw new Problem('phone-code-wrong', detail, { triesLeft })
  }
  return sent
}

/** The number of a code that was right is theirs. Throws `phone-code-expired` when it ended in between. */
export async function acceptCode(tx: Tx, userId: UserId, { id, number }: SentCode): Promise<void> {
  if (!(await endCode(tx.sql, id, tx.now))) throw expired()
  await putPhone(tx.sql, userId, number, tx.now)
}

/** Six digits are quickly guessed from a plain digest; nobody without our key can try them. */
function hashCode(secret: Secret, userId: UserId, code: string): string {
  return createHmac('sha256', secret.deriveKey('phone-code').bytes).update(`${userId} ${code}`).digest('base64url')
}

function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const expired = () => new Problem('phone-code-expired', 'There is no code that still holds. Ask for another one.')
const notTaken = (permanent: boolean) =>
  new Problem('sms-not-taken', permanent ? 'Nothing can be sent to this number. If you once answered STOP, send START to us from it.' : 'The SMS could not be sent just now. Please try again in a moment.', { permanent })
