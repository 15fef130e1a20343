// What staff see of a client's holds and waits, and that each can be ended by the id it is shown with.
import type { Hold, MyWait } from '@fitflow/contract/booking.ts'
import { ClientHold } from '@fitflow/contract/clients.ts'
import { Page } from '@fitflow/contract/scalars.ts'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const [ada, alex, mia, noa] = [await anAdmin(db), await aTrainer(db, 'Alex'), await aMember(db, 'Mia'), await aMember(db, 'Noa')]
for (const member of [mia, noa]) await aLot(db, member)

const listed = async <T>(id: string, what: 'holds' | 'waitlists', by = ada) =>
  ((await ask(by, 'GET', `/api/v1/admin/clients/${id}/${what}`)).json as { items: T[] }).items

test('a hold shows with its class until it runs out, and staff release it', async () => {
  const session = await aSession(db, { trainerId: alex.id })
  const hold = await desk.hold(mia, session)
  const seen = await ask(ada, 'GET', `/api/v1/admin/clients/${mia.id}/holds`)
  expect([...Compile(Page(ClientHold)).Errors(seen.json)]).toEqual([])
  expect(await listed<ClientHold>(mia.id, 'holds')).toMatchObject([
    { id: hold.id, kind: 'public', expiresAt: hold.expiresAt, session: { name: 'Morning Strength', trainer: { id: alex.id } } },
  ])
  expect((await ask(ada, 'DELETE', `/api/v1/admin/holds/${hold.id}`)).status).toBe(204)
  expect(await listed(mia.id, 'holds')).toEqual([])

  const other = await desk.hold(mia, session)
  clock.set(Temporal.Instant.from(other.expiresAt))
  expect(await listed(mia.id, 'holds')).toEqual([])
})

test('a trainer who may not see the client does not see what they hold', async () => {
  await desk.hold(noa, await aSession(db, { startsAt: clock.now().add({ hours: 100 }) }))
  expect((await ask(alex, 'GET', `/api/v1/admin/clients/${noa.id}/holds`)).status).toBe(404)
})

test('a wait is shown with the entry by which staff take them off the list', async () => {
  const session = await aSession(db, { capacity: 1, startsAt: clock.now().add({ hours: 200 }) })
  await desk.hold(mia, session)
  await desk.join(noa, session)
  const [wait] = await listed<MyWait>(noa.id, 'waitlists')
  expect(wait).toMatchObject({ sessionId: session.id, position: 1 })
  expect((await ask(ada, 'DELETE', `/api/v1/admin/waitlist/${session.id}/entries/${wait?.entryId}`)).status).toBe(204)
  expect(await listed<Hold>(noa.id, 'waitlists')).toEqual([])
})
