// Guarantees of who is affected by a change of classes: everybody with something in them, and nobody else.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, type Person } from '../../test/world.ts'
import { affectedBy } from './affected.ts'

const { db } = await aDatabase()
const desk = await aFrontDesk(db)

test('whoever has booked, holds or waits is affected, whoever left or is elsewhere is not', async () => {
  const session = await aSession(db, { capacity: 2 })
  const names = ['Booker', 'Holder', 'Waiter', 'Leaver', 'Elsewhere']
  const people = await Promise.all(names.map(name => aMember(db, name)))
  for (const person of people) await aLot(db, person)
  const [booker, holder, waiter, leaver, elsewhere] = people as [Person, Person, Person, Person, Person]
  await desk.cancel(leaver, (await desk.book(leaver, session)).booking)
  await desk.book(booker, session)
  await desk.hold(holder, session)
  await desk.join(waiter, session)
  await desk.book(elsewhere, await aSession(db))
  const { bookings, holds, entries, people: named } = await affectedBy(db.sql, [session.id])
  expect([bookings, holds, entries].map(rows => rows.map(row => row.userId))).toEqual([[booker.id], [holder.id], [waiter.id]])
  expect([...named.values()].map(person => person.name).sort()).toEqual(['Booker', 'Holder', 'Waiter'])
})
