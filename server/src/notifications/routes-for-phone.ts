// My mobile number: which it is, a code to it, the code typed, and away with it.
import { MyPhone, PhoneCode, PhoneWish } from '@fitflow/contract/phones.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce, replay, storedAnswer, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { Database } from '../platform/db.ts'
import { readNumber } from './phone-number.ts'
import { deletePhone, readPhone } from './phones.ts'
import { acceptCode, sendCode, tryCode, type PhoneHouse } from './verify-phone.ts'

const path = '/me/phone'

/** Hangs the routes of one's own number. */
export function phoneRoutes(edge: Edge, house: PhoneHouse): void {
  const { db } = house
  edge.read({ method: 'GET', path, access: 'client', summary: 'The number that SMS go to', answers: { 200: MyPhone } }, ({ principal }) =>
    readPhone(db.sql, principal.userId, db.clock.now()),
  )
  edge.command(
    {
      ...{ method: 'PUT', path, access: 'client', summary: 'Send a code to a number that is to be mine' },
      ...{ body: PhoneWish, answers: { 202: MyPhone }, problems: ['sms-not-offered', 'sms-not-taken'] },
    } as const,
    ({ principal: { userId }, context, keyed, body }) =>
      onlyOnce(db, keyed, async () => {
        await sendCode(house, { userId, context }, readNumber(body.number))
        return answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => ({ status: 202, body: await readPhone(tx.sql, userId, tx.now) }))
      }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: `${path}/confirm`, access: 'client', summary: 'Type the code: the number is mine from then on' },
      ...{ body: PhoneCode, answers: { 200: MyPhone }, problems: ['phone-code-wrong', 'phone-code-expired'] },
    } as const,
    ({ principal: { userId }, context, keyed, body }) =>
      onlyOnce(db, keyed, async () => {
        const sent = await tryCode(house, { userId, context }, body.code)
        return answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => {
          await acceptCode(tx, userId, sent)
          return { status: 200, body: await readPhone(tx.sql, userId, tx.now) }
        })
      }),
  )
  edge.command({ method: 'DELETE', path, access: 'client', summary: 'Forget my number', answers: { 204: null } }, ({ principal: { userId }, context, keyed }) =>
    answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => {
      await deletePhone(tx.sql, userId, tx.now)
      return { status: 204 }
    }),
  )
}

/** What stands before the transaction of these commands is not to happen again for an answer that is known. */
async function onlyOnce(db: Database, keyed: Keyed, work: () => Promise<Answer>): Promise<Answer> {
  const record = await storedAnswer(db, keyed.userId, keyed.key)
  return record ? replay(record, keyed) : work()
}
