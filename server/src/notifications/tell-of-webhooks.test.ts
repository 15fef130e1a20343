// A webhook that is paused by itself, from the last answer of its receiver to the mails of the admins.
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { answering, aReceiver } from '../../test/receiver.ts'
import { aTelling } from '../../test/told.ts'
import { aSender, anEndpoint, happen, secret } from '../../test/webhooks.ts'
import { anAdmin, aTrainer, system } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeEndpoint } from '../webhooks/change-endpoint.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
afterAll(() => desk.house.settings.close())
const told = aTelling(db, desk.house.settings)

test('a webhook that is paused by itself is told to every admin, once for each pause, in their language and with a link to its page', async () => {
  const [admin, otro, trainer] = [await anAdmin(db), await anAdmin(db), await aTrainer(db)]
  await db.sql`insert into message_preferences (user_id, language, choices, updated_at) values (${otro.id}, 'es', '{"changes": {"email": false}}', ${clock.now()})`
  const receiver = await aReceiver()
  receiver.answer = answering(410)
  const hook = await anEndpoint(db, `${receiver.url}/with-a-token-in-it`)
  const change = (active: boolean) =>
    transact(db, system, {}, tx => changeEndpoint(tx, { secret, toLoopback: true }, { id: hook.id, change: { active }, refuseStale: () => undefined }))
  const meet = async () => {
    await happen(db, 2)
    const sender = aSender(db)
    await sender.sendDue()
    await sender.idle()
    await told.hear()
  }
  await meet()
  const [rows, theirs] = [await told.rowsOf(admin), await told.rowsOf(otro)]
  const facts = { webhookId: hook.id, host: new URL(receiver.url).host, cause: 'gone', timeZone: expect.any(String) }
  expect([rows, theirs]).toMatchObject([[{ kind: 'webhook-paused', channel: 'email', facts }], [{ kind: 'webhook-paused', facts }]])
  expect(JSON.stringify(rows)).not.toContain('token')
  expect(await told.rowsOf(trainer)).toEqual([])

  // An admin pauses it and lets it go on: they know. It is paused by itself again: that is news.
  await change(true)
  await change(false)
  await told.hear()
  expect(await told.rowsOf(admin)).toHaveLength(1)
  await change(true)
  await meet()
  expect(await told.rowsOf(admin)).toHaveLength(2)

  // One of them is no admin any more when the quiet hours are over.
  clock.advance({ hours: 24 })
  await db.sql`update users set role = 'trainer' where id = ${admin.id}`
  await told.send()
  expect((await told.rowsOf(admin)).map(row => row.skipped)).toEqual(['outdated', 'outdated'])
  const [mail] = told.out
  expect(mail!.subject).toBe(`Se detuvo un webhook: ${facts.host}`)
  expect(mail!.text).toContain('(410)')
  expect(mail!.url).toBe(`https://studio.example/staff/webhooks/${hook.id}`)
})
