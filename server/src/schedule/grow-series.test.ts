// The rolling horizon: each day is made once, however many workers run, and a day that was skipped is not given up.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aSession, aTemplate, system } from '../../test/world.ts'
import { retireTrainer } from '../identity/trainers.ts'
import type { SeriesId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'
import { growSeries } from './grow-series.ts'
import { openSettings } from './settings.ts'
import { attendedBy } from '../booking/attended.ts'

// 11 January 2027, a Monday: the horizon ends before Monday, 8 March.
const stage = await aDatabase()
const { db, clock } = stage
const handles = [anotherHandle(stage), anotherHandle(stage), anotherHandle(stage)]
const settings = await openSettings(db)
const grow = () => growSeries({ db, settings, attendedBy })
const daysOf = async (id: SeriesId) => (await sessionsOf(db, id)).map(one => one.on)

test('nothing is made while nothing is missing; a week later comes a week more', async () => {
  const { series } = await aSeries(db)
  expect(await grow()).toBe(0)
  clock.set(Temporal.Instant.from('2027-01-13T00:00:00Z'))
  expect(await grow()).toBe(0)
  clock.set(Temporal.Instant.from('2027-01-14T00:00:00Z'))
  expect(await grow()).toBe(1)
  expect((await daysOf(series.id)).at(-1)).toBe('2027-03-10')
  await db.sql`update class_series set ends_before = '2027-01-14'`
})

test('two workers at once make each day once', async () => {
  const list = await Promise.all([1, 2, 3].map(hour => aSeries(db, { rrule: 'FREQ=DAILY', wallTime: `0${hour}:00`, template: { name: `At ${hour}` } })))
  clock.advance({ hours: 24 * 10 })
  const made = await Promise.all(handles.map(handle => growSeries({ db: handle, settings, attendedBy })))
  expect(made.reduce((sum, one) => sum + one, 0)).toBe(30)
  for (const { series } of list) {
    const days = await daysOf(series.id)
    expect(new Set(days).size).toBe(days.length)
    expect(days).toHaveLength(66)
  }
  await db.sql`update class_series set ends_before = '2027-01-14'`
})

test('a day skipped for a clash is made by a later run once the trainer is free', async () => {
  const { id: templateId, trainerId } = await aTemplate(db)
  const startsAt = Temporal.Instant.from('2027-02-03T07:30:00Z')
  const other = await aSession(db, { trainerId, startsAt })
  const { series } = await aSeries(db, { templateId, skipClashes: true })
  expect(await daysOf(series.id)).not.toContain('2027-02-03')
  expect(await grow()).toBe(0)
  await db.sql`update class_sessions set status = 'cancelled' where id = ${other.id}`
  expect(await grow()).toBe(1)
  expect(await daysOf(series.id)).toContain('2027-02-03')
})

test('nothing is made inside a closure until it is lifted, and half an hour inside is inside', async () => {
  const [{ id }] = await db.sql<[{ id: string }]>`
    insert into closures (starts_at, ends_at, reason, created_at)
    values ('2027-02-10T07:30:00Z', '2027-02-17T07:00:00Z', 'New floor', ${clock.now()}) returning id`
  const { series, occurrences } = await aSeries(db)
  const inside = occurrences.filter(one => one.outcome === 'closed')
  expect(inside.map(one => [String(one.on), one.closure?.reason])).toEqual([['2027-02-10', 'New floor']])
  expect(await grow()).toBe(0)
  await db.sql`update closures set lifted_at = ${clock.now()} where id = ${id}`
  expect(await grow()).toBe(1)
  expect(await daysOf(series.id)).toContain('2027-02-10')
})

test('a cancelled session of a series is not made again', async () => {
  const { series } = await aSeries(db)
  const [first] = await sessionsOf(db, series.id)
  await db.sql`update class_sessions set status = 'cancelled' where id = ${first!.id}`
  expect(await grow()).toBe(0)
})

test('a template out of use and a trainer who has retired make no more', async () => {
  const archived = await aSeries(db)
  const retired = await aSeries(db)
  await db.sql`update class_templates set archived_at = ${clock.now()} where id = ${archived.series.templateId}`
  await transact(db, system, {}, tx => retireTrainer(tx, retired.series.template.trainerId))
  const before = [await daysOf(archived.series.id), await daysOf(retired.series.id)]
  clock.advance({ hours: 24 * 21 })
  await grow()
  expect([await daysOf(archived.series.id), await daysOf(retired.series.id)]).toEqual(before)
})
