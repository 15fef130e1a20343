// From what happened to a real mail server and back: what it refuses for now, for good, and while it is not there.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aPostOffice } from '../../test/post-office.ts'
import { aTelling } from '../../test/told.ts'
import { peopleById } from '../identity/display-names.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'
import { openSmtp } from './smtp-channel.ts'
import type { Way } from './ways.ts'

const { db, clock } = await aDatabase()
const office = await aPostOffice(afterAll)
const desk = await aFrontDesk(db)
const told = aTelling(db, desk.house.settings)

/** To each one's own address by the mail server there. */
const byMail = (url: string): Way => ({
  channel: openSmtp({ url, from: 'Studio <hello@studio.example>', domain: 'studio.example' }),
  addressesOf: async (sql, userIds) => new Map(Array.from(await peopleById(sql, userIds), ([id, { email }]) => [id, [email]])),
})
const way = byMail(office.url)
told.ways[0] = way
afterAll(() => desk.house.settings.close())
afterAll(way.channel.close)

async function somebodyBooked() {
  const member = await aMember(db)
  await aLot(db, member)
  await desk.book(member, await aSession(db))
  await told.hear()
  return member
}

const mailsTo = (address: string) => office.taken.filter(one => one.to.includes(address))
const idOf = ({ raw }: { raw: string }) => /^Message-ID: (.*)\r$/im.exec(raw)?.[1]

test('a mailbox that is busy gets the mail a minute later, once, and one that does not exist is a dead letter at once', async () => {
  const [busy, unknown, well] = [await somebodyBooked(), await somebodyBooked(), await somebodyBooked()]
  office.refuse = to => (to === busy.email ? 450 : to === unknown.email ? 550 : undefined)
  await told.send()
  expect(await told.rowsOf(busy)).toMatchObject([{ state: 'waiting', attempts: 1, lastError: expect.stringContaining('450') }])
  expect(await told.rowsOf(unknown)).toMatchObject([{ state: 'failed', attempts: 1, lastError: expect.stringContaining('550') }])
  expect(await told.rowsOf(well)).toMatchObject([{ state: 'sent' }])
  office.refuse = () => undefined
  clock.advance({ minutes: 1 })
  await told.send()
  expect(await told.rowsOf(busy)).toMatchObject([{ state: 'sent', attempts: 2, lastError: null }])
  expect([busy, unknown, well].map(one => mailsTo(one.email).length)).toEqual([1, 0, 1])
  const raw = mailsTo(well.email)[0]!.raw.replaceAll(/\r\n[ \t]+/g, ' ')
  expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/studio\.example\/api\/v1\/unsubscribe\?token=/m)
  expect(raw).toMatch(/text\/calendar/)
})

test('a mail that was taken but whose answer was lost comes again under the same Message-ID', async () => {
  const member = await somebodyBooked()
  await told.send()
  // As it is after a worker that died between the mail server's answer and its own note of it.
  await db.sql`update messages set state = 'waiting', sent_at = null, due_at = ${clock.now()} where user_id = ${member.id}`
  await told.send()
  const ids = mailsTo(member.email).map(idOf)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('a mail server that is away is waited for', async () => {
  const member = await somebodyBooked()
  const gone = byMail('smtp://127.0.0.1:9')
  told.ways[0] = gone
  await told.send()
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'waiting', attempts: 1, lastError: expect.stringContaining('ECONNREFUSED') }])
  told.ways[0] = way
  clock.advance({ minutes: 1 })
  await told.send()
  expect(await told.rowsOf(member)).toMatchObject([{ state: 'sent', attempts: 2 }])
  await gone.channel.close()
})
