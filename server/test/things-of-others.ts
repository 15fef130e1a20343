// Things that belong to somebody else, each made for whoever must not have it.
import type { Database } from '../src/platform/db.ts'
import { anAvailability } from './availability.ts'
import { aPenalty } from './penalties.ts'
import { aDevice } from './push-station.ts'
import { aSeries } from './series.ts'
import type { TestServer } from './server.ts'
import { aLot, aMember, aSession, aTemplate, type Person } from './world.ts'

/** Each makes a thing of somebody else, and answers its id. */
export function thingsOfOthers(db: Database, server: TestServer, admin: Person) {
  const anothersHold = async () => {
    const owner = await aMember(db)
    const grant = { credits: 5, validUntil: db.clock.now().add({ hours: 24 * 90 }).toString(), reason: 'For the test' }
    await server.ask(admin, 'POST', `/api/v1/admin/clients/${owner.id}/credits`, { body: grant })
    const { id: sessionId } = await aSession(db)
    return { id: idOf(await server.ask(owner, 'POST', `/api/v1/sessions/${sessionId}/hold`)), owner }
  }
  return {
    key: async () => idOf(await server.ask(await aMember(db), 'POST', '/api/v1/me/api-keys', { body: { name: 'Theirs', scope: 'read' } })),
    hold: async () => (await anothersHold()).id,
    booking: async () => {
      const { id, owner } = await anothersHold()
      const { json } = await server.ask(owner, 'POST', `/api/v1/holds/${id}/confirm`, { body: { method: 'credits' } })
      return (json as { booking: { id: string } }).booking.id
    },
    device: async () => idOf(await server.ask(await aMember(db), 'POST', '/api/v1/me/push-subscriptions', { body: aDevice() })),
    client: async () => (await aMember(db)).id as string,
    membership: async () => (await aLot(db, await aMember(db))).id as string,
    penalty: async () => (await aPenalty(db)).id,
    session: async () => (await aSession(db)).id as string,
    template: async () => (await aTemplate(db)).id as string,
    availability: async () => (await anAvailability(db)).id as string,
    series: async () => (await aSeries(db)).series.id as string,
    standing: async () => idOf(await server.ask(await aMember(db), 'POST', '/api/v1/standing', { body: { seriesId: (await aSeries(db)).series.id } })),
  }
}

function idOf({ json }: { json: unknown }): string {
  return (json as { id: string }).id
}
