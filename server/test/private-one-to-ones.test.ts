// Whatever route takes a class by its id, somebody else's 1:1 is to who asks as if it were not there.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { slotOffers } from '../src/schedule/open-slots.ts'
import { anAvailability } from './availability.ts'
import { aDatabase } from './database.ts'
import { aServer } from './server.ts'
import { aLot, aMember, aTrainer } from './world.ts'
import { attendedBy } from '../src/booking/attended.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const strangers = { 'another member': await aMember(db), 'another trainer': await aTrainer(db) }

/** Those that anybody may name a class to; the staff's own are in the table of authorisation.test.ts. */
const routes = server.api.edge.routes.filter(route => /^\/(sessions|waitlist)\/:/.test(route.path))

async function anothersOneToOne(): Promise<string> {
  const [{ id }, owner] = [await anAvailability(db), await aMember(db)]
  await aLot(db, owner)
  const offers = await slotOffers({ sql: db.sql, now: db.clock.now(), attendedBy }, {}, server.house.settings.current())
  const startsAt = offers.find(one => one.availabilityId === id)?.slots[0]?.startsAt
  const { json } = await server.ask(owner, 'POST', `/api/v1/slots/${id}/hold`, { body: { startsAt } })
  return (json as { sessionId: string }).sessionId
}

test('there are such routes', () => {
  expect(routes.length).toBeGreaterThanOrEqual(5)
})

test.each(routes.map(route => [`${route.method} ${route.path}`, route] as const))('%s tells nobody of another one’s 1:1', async (_, { method, path }) => {
  const sessionId = await anothersOneToOne()
  for (const who of Object.values(strangers)) {
    const ask = (id: string) => server.ask(who, method, `/api/v1${path.replaceAll(/:[a-z_]+/gi, id)}`)
    const [theirs, none] = await Promise.all([ask(sessionId), ask(randomUUID())])
    expect([theirs.status, theirs.problem.code, theirs.problem.detail]).toEqual([404, 'not-found', none.problem.detail])
  }
})
