// What staff may read and do about clients: an admin all, a trainer those of their own classes, a member themselves.
import { expect, test } from 'vitest'
import { ClientAttendance, ClientProfile, FreezePreview, Frozen } from '@fitflow/contract/clients.ts'
import { Granted, Transferred } from '@fitflow/contract/credits.ts'
import type Type from 'typebox'
import { Compile } from 'typebox/compile'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const [ada, alex, mia, noa, sam] = [await anAdmin(db), await aTrainer(db, 'Alex'), await aMember(db, 'Mia'), await aMember(db, 'Noa'), await aMember(db, 'Sam')]
const [lot, samsLot] = [await aLot(db, mia), await aLot(db, sam)]
const session = await aSession(db, { trainerId: alex.id })
const { booking } = await desk.book(mia, session)
await aLot(db, noa)
await desk.book(noa, session)

const fits = (shape: Type.TSchema, value: unknown) => [...Compile(shape).Errors(value)].map(error => `${error.instancePath} ${error.message}`)
const reason = 'For the test'
const validUntil = String(clock.now().add({ hours: 24 * 200 }))

test('a trainer serves the clients of their own classes, and nobody else is there', async () => {
  const deeds: [string, object][] = [
    ['adjust', { credits: 1, reason }],
    ['extend', { validUntil, reason }],
    ['transfer', { toUserId: noa.id, credits: 1, reason }],
    ['freeze', { from: '2027-02-01', until: '2027-02-02', reason }],
    ['unfreeze', {}],
  ]
  for (const [deed, body] of deeds) {
    expect([deed, (await ask(alex, 'POST', `/api/v1/admin/memberships/${lot.id}/${deed}`, { body })).status]).toEqual([deed, 200])
    expect([deed, (await ask(alex, 'POST', `/api/v1/admin/memberships/${samsLot.id}/${deed}`, { body })).status]).toEqual([deed, 404])
  }
  const grant = { credits: 2, validUntil, reason }
  expect((await ask(alex, 'POST', `/api/v1/admin/clients/${mia.id}/credits`, { body: grant })).status).toBe(201)
  expect((await ask(alex, 'POST', `/api/v1/admin/clients/${sam.id}/credits`, { body: grant })).status).toBe(404)
  expect((await ask(ada, 'POST', `/api/v1/admin/clients/${sam.id}/credits`, { body: grant })).status).toBe(201)
})

test('a trainer moves credits to clients they see only', async () => {
  const body = { toUserId: sam.id, credits: 1, reason }
  expect((await ask(alex, 'POST', `/api/v1/admin/memberships/${lot.id}/transfer`, { body })).status).toBe(404)
  const moved = await ask(ada, 'POST', `/api/v1/admin/memberships/${lot.id}/transfer`, { body })
  expect([moved.status, fits(Transferred, moved.json)]).toEqual([200, []])
})

test('a trainer gives nothing to themselves: no credits, no later end, nothing of a client’s, nothing back', async () => {
  const [own, theirs] = [await aLot(db, alex), await aSession(db, { startsAt: session.startsAt.add({ hours: 5 }) })]
  const spot = await desk.book(alex, theirs)
  // Nobody books their own class; they may have come to teach it when that was not refused yet.
  await db.sql`update class_sessions set trainer_id = ${alex.id} where id = ${theirs.id}`
  const asks: [string, object][] = [
    [`clients/${alex.id}/credits`, { credits: 50, validUntil, reason }],
    [`memberships/${own.id}/adjust`, { credits: 1, reason }],
    [`memberships/${own.id}/extend`, { validUntil, reason }],
    [`memberships/${lot.id}/transfer`, { toUserId: alex.id, credits: 1, reason }],
    [`bookings/${spot.booking.id}/cancel`, { as: 'studio', reason }],
  ]
  for (const [path, body] of asks) {
    const { status, problem } = await ask(alex, 'POST', `/api/v1/admin/${path}`, { body })
    expect([path, status, problem?.code]).toEqual([path, 403, 'forbidden'])
  }
  expect((await ask(ada, 'POST', `/api/v1/admin/memberships/${own.id}/adjust`, { body: { credits: 1, reason } })).status).toBe(200)
})

test('a freeze is previewed and made as the contract shapes it', async () => {
  const path = `/api/v1/admin/memberships/${lot.id}`
  const preview = await ask(ada, 'GET', `${path}/freeze-preview?from=2027-01-12&until=2027-01-20`)
  expect([preview.status, fits(FreezePreview, preview.json)]).toEqual([200, []])
  expect((preview.json as FreezePreview).bookings.map(one => one.id)).toEqual([booking.id])
  const frozen = await ask(ada, 'POST', `${path}/freeze`, { body: { from: '2027-02-01', until: '2027-02-02', reason } })
  expect([frozen.status, fits(Frozen, frozen.json)]).toEqual([200, []])
  const lifted = await ask(ada, 'POST', `${path}/unfreeze`)
  expect([lifted.status, fits(Granted, lifted.json)]).toEqual([200, []])
})

test('a profile is one’s own, and staff’s who may see its owner', async () => {
  for (const who of [mia, alex, ada]) {
    const { status, json } = await ask(who, 'GET', `/api/v1/clients/${mia.id}/profile`)
    expect([who.name, status, fits(ClientProfile, json)]).toEqual([who.name, 200, []])
  }
  expect((await ask(noa, 'GET', `/api/v1/clients/${mia.id}/profile`)).status).toBe(404)
  expect((await ask(alex, 'GET', `/api/v1/clients/${sam.id}/profile`)).status).toBe(404)
})

test('attendance counts how bookings ended, as rates of what was not cancelled in time', async () => {
  const ended: [string, string | null, number][] = [['attended', null, 3], ['no_show', null, 1], ['cancelled', 'late', 1], ['cancelled', 'early', 2], ['cancelled', 'studio', 1]]
  const lea = await aMember(db, 'Lea')
  let startsAt = clock.now().subtract({ hours: 24 * 20 })
  for (const [status, cancelKind, count] of ended) {
    for (let at = 0; at < count; at++) {
      startsAt = startsAt.add({ hours: 24 })
      const { id, endsAt } = await aSession(db, { startsAt, status: 'completed' })
      const taken = status === 'cancelled' ? 0 : 1
      await db.sql`
        with h as (insert into spot_holds (session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at, ended_at)
          values (${id}, ${lea.id}, 'staff', 'confirmed', ${startsAt}, '[]', 0, ${startsAt}, ${endsAt}, ${startsAt}, ${startsAt}) returning id)
        insert into bookings (session_id, user_id, hold_id, status, cancel_kind, method, credits_used, settings_version, starts_at, ends_at, created_at, cancelled_at)
        select ${id}, ${lea.id}, id, ${status}, ${cancelKind}, 'complimentary', 0, 0, ${startsAt}, ${endsAt}, ${startsAt}, ${cancelKind ? startsAt : null} from h`
      await db.sql`update class_sessions set taken = ${taken} where id = ${id}`
    }
  }
  const { json } = await ask(lea, 'GET', `/api/v1/clients/${lea.id}/attendance?limit=2`)
  expect(fits(ClientAttendance, json)).toEqual([])
  expect(json).toMatchObject({ attended: 3, noShows: 1, lateCancels: 1, earlyCancels: 2, attendanceRate: 0.6, noShowRate: 0.2 })
  expect((json as ClientAttendance).items).toHaveLength(2)
})

test('clients are found by what they have, and by being blocked', async () => {
  const now = clock.now()
  const [unlimited, nothing, soon] = [await aMember(db, 'Query Una'), await aMember(db, 'Query Nil'), await aMember(db, 'Query Soon')]
  await aLot(db, unlimited, { credits: null })
  await aLot(db, soon, { validUntil: now.add({ hours: 24 * 10 }) })
  await db.sql`insert into booking_blocks (user_id, starts_at, ends_at, strikes_max, created_at) values (${nothing.id}, ${now}, ${now.add({ hours: 1 })}, 0, ${now})`
  const found = async (query: string) => {
    const { json } = await ask(ada, 'GET', `/api/v1/admin/clients?search=Query&${query}`)
    return (json as { items: { name: string }[] }).items.map(client => client.name)
  }
  expect(await found('has=credits')).toEqual(['Query Soon'])
  expect(await found('has=unlimited')).toEqual(['Query Una'])
  expect(await found('has=nothing')).toEqual(['Query Nil'])
  expect(await found('has=expiring')).toEqual(['Query Soon'])
  expect(await found('blocked=true')).toEqual(['Query Nil'])
})
