// A series from the day it is made: its sessions, what it refuses, and whose it is.
import type { SeriesDetail, Occurrences } from '@fitflow/contract/series.ts'
import { describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aServer } from '../../test/server.ts'
import { aMember, anAdmin, aSession, aTemplate, aTrainer, system } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from './change-settings.ts'

// 11 January 2027, a Monday.
const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const [admin, alex, sam] = await Promise.all([anAdmin(db), aTrainer(db, 'Alex'), aTrainer(db, 'Sam')])
const wednesdays = ['2027-01-13', '2027-01-20', '2027-01-27', '2027-02-03', '2027-02-10', '2027-02-17', '2027-02-24', '2027-03-03']

describe('a new series', () => {
  test('has its sessions for eight weeks at once, each on its day, with its template’s numbers', async () => {
    const { series, occurrences } = await aSeries(db, { template: { durationMinutes: 45, defaultCapacity: 9 } })
    const sessions = await sessionsOf(db, series.id)
    expect(sessions.map(one => one.on)).toEqual(wednesdays)
    expect(sessions[0]).toMatchObject({ startsAt: '2027-01-13T07:00:00Z', minutes: 45, capacity: 9, status: 'published' })
    expect(occurrences.map(one => [String(one.on), one.outcome])).toEqual(wednesdays.map(day => [day, 'made']))
    const told = await db.sql`select topic from outbox where data ->> 'sessionId' = any(${sessions.map(one => one.id)})`
    expect(told.map(row => row.topic)).toEqual(wednesdays.map(() => 'session.published'))
  })

  test('has its own length, capacity and trainer where it says so, and drafts when it is not to be public', async () => {
    const { series } = await aSeries(db, { durationMinutes: 30, capacity: 4, trainerId: sam.id, publishes: false })
    const sessions = await sessionsOf(db, series.id)
    for (const one of sessions) expect(one).toMatchObject({ minutes: 30, capacity: 4, trainerId: sam.id, status: 'draft' })
    expect(sessions).toHaveLength(8)
  })

  test('has no session at an hour of today that has passed', async () => {
    const days = async (wallTime: string) => {
      const { series } = await aSeries(db, { rrule: 'FREQ=DAILY;COUNT=2', wallTime })
      return (await sessionsOf(db, series.id)).map(one => one.on)
    }
    expect(await days('09:00')).toEqual(['2027-01-12'])
    expect(await days('09:01')).toEqual(['2027-01-11', '2027-01-12'])
  })

  test('keeps 07:00 at 07:00 across the change of clocks', async () => {
    const madrid = { timeZone: 'Europe/Madrid', seriesHorizonWeeks: 12 }
    await transact(db, system, {}, tx => changeSettings(tx, madrid, () => undefined))
    const { series } = await aSeries(db, { rrule: 'FREQ=DAILY;UNTIL=20270330', startsOn: '2027-03-26' })
    expect((await sessionsOf(db, series.id)).map(one => one.startsAt)).toEqual([
      '2027-03-26T06:00:00Z', '2027-03-27T06:00:00Z', '2027-03-28T05:00:00Z', '2027-03-29T05:00:00Z', '2027-03-30T05:00:00Z',
    ])
    clock.advance({ milliseconds: 1 })
    await transact(db, system, {}, tx => changeSettings(tx, { timeZone: 'UTC', seriesHorizonWeeks: 8 }, () => undefined))
    clock.advance({ milliseconds: 1 })
  })
})

describe('a day on which the trainer is busy', () => {
  const busy = async () => {
    const template = await aTemplate(db)
    const other = await aSession(db, { trainerId: template.trainerId, startsAt: Temporal.Instant.from('2027-01-20T07:30:00Z') })
    await aSession(db, { trainerId: template.trainerId, startsAt: Temporal.Instant.from('2027-02-03T06:00:00Z') })
    const last = await aSession(db, { trainerId: template.trainerId, startsAt: Temporal.Instant.from('2027-02-10T06:30:00Z') })
    return { templateId: template.id, other, last }
  }

  test('refuses the series with every clash, not the first alone', async () => {
    const { templateId, other, last } = await busy()
    const { facts } = await refusal('trainer-busy', aSeries(db, { templateId }))
    expect(facts['clashes']).toMatchObject([{ on: '2027-01-20', sessionId: other.id }, { on: '2027-02-10', sessionId: last.id }])
  })

  test('is left out when asked to, and named in the answer', async () => {
    const { templateId, other } = await busy()
    const { series, occurrences } = await aSeries(db, { templateId, skipClashes: true })
    expect((await sessionsOf(db, series.id)).map(one => one.on)).toEqual(wednesdays.filter(day => !['2027-01-20', '2027-02-10'].includes(day)))
    expect(occurrences[1]).toMatchObject({ outcome: 'clash', clash: { sessionId: other.id }, sessionId: null })
  })

  test('is no matter to drafts', async () => {
    const { templateId } = await busy()
    const { series } = await aSeries(db, { templateId, publishes: false })
    expect(await sessionsOf(db, series.id)).toHaveLength(8)
  })
})

describe('over HTTP', () => {
  test.each([
    ['that ended years ago', { rrule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20200101' }, 'ends before the series begins'],
    ['whose day its months do not have', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20270228', startsOn: '2027-02-01' }, 'gives no class'],
    ['whose day no month of its turn has, ever', { rrule: 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30', startsOn: '2027-02-01' }, 'gives no class'],
    ['whose only hour is over', { rrule: 'FREQ=DAILY;COUNT=1', wallTime: '08:00' }, 'gives no class'],
  ])('a rule %s is refused in words, and so is its preview', async (_, rule, words) => {
    const { id: templateId } = await aTemplate(db, { trainerId: alex.id })
    const body = { templateId, startsOn: '2027-01-11', wallTime: '18:30', ...rule }
    const refused = (path: string) => ({ status: 400, json: { code: 'invalid-request', detail: expect.stringContaining(words) as string, errors: [{ path }] } })
    expect(await ask(alex, 'POST', `${admins}/series`, { body })).toMatchObject(refused('body/rrule'))
    expect(await ask(alex, 'GET', `${admins}/series-preview?${new URLSearchParams(body)}`)).toMatchObject(refused('query/rrule'))
  })

  test('a rule whose first day is years ahead is a rule', async () => {
    const { id: templateId } = await aTemplate(db, { trainerId: alex.id })
    const body = { templateId, startsOn: '2027-03-01', wallTime: '18:30', rrule: 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1;COUNT=1' }
    expect((await ask(alex, 'POST', `${admins}/series`, { body })).status).toBe(201)
  })

  const wish = async () => {
    const { id: templateId } = await aTemplate(db, { trainerId: alex.id })
    return { templateId, rrule: 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3', startsOn: '2027-01-12', wallTime: '18:30' }
  }
  const admins = '/api/v1/admin'

  test('a preview shows what would be made, and makes nothing', async () => {
    const asked = new URLSearchParams(await wish())
    const { status, json } = await ask(alex, 'GET', `${admins}/series-preview?${asked}`)
    expect(status).toBe(200)
    expect((json as Occurrences).occurrences.map(one => [one.on, one.startsAt, one.outcome])).toEqual([
      ['2027-01-14', '2027-01-14T18:30:00Z', 'new'], ['2027-01-18', '2027-01-18T18:30:00Z', 'new'], ['2027-01-21', '2027-01-21T18:30:00Z', 'new'],
    ])
    expect((json as Occurrences).until).toBe('2027-03-08')
    expect(await db.sql`select from class_series where template_id = ${asked.get('templateId')!}`).toHaveLength(0)
  })

  test('a series is made, listed and read again with its days', async () => {
    const body = await wish()
    const { status, json } = await ask(alex, 'POST', `${admins}/series`, { body })
    expect(status).toBe(201)
    const made = json as SeriesDetail
    expect(made).toMatchObject({ ...body, trainer: { id: alex.id, name: 'Alex' }, durationMinutes: 60, capacity: 12, version: 1, endsBefore: null })
    expect(made.occurrences.every(one => one.outcome === 'made' && one.sessionId)).toBe(true)
    expect((await ask(alex, 'GET', `${admins}/series/${made.id}`)).json).toEqual(made)
    const { json: list } = await ask(alex, 'GET', `${admins}/series?templateId=${body.templateId}`)
    expect(list).toMatchObject({ items: [{ id: made.id }], nextCursor: null })
    expect((await ask(alex, 'GET', `${admins}/series?ended=true&templateId=${body.templateId}`)).json).toMatchObject({ items: [] })
    await ask(admin, 'PATCH', `${admins}/templates/${body.templateId}`, { body: { trainerId: sam.id } })
  })

  test('its page says of each class who is in it and what is its own, and the class names its series', async () => {
    const { series, occurrences } = await aSeries(db, { template: { trainerId: alex.id, defaultCapacity: 6 }, wallTime: '14:00', capacity: 8 })
    const [first, second] = occurrences.map(one => `${admins}/sessions/${one.sessionId}`) as [string, string]
    await ask(admin, 'PATCH', first, { body: { startsAt: '2027-01-13T15:00:00Z', capacity: 4, trainerId: sam.id } })
    await ask(admin, 'PATCH', second, { body: { status: 'cancelled' } })
    expect((await ask(alex, 'GET', second)).json).toMatchObject({ seriesId: series.id })
    const { occurrences: shown, ...page } = (await ask(admin, 'GET', `${admins}/series/${series.id}`)).json as SeriesDetail
    expect(page).toMatchObject({ capacity: 8, own: { capacity: 8 }, ofTemplate: { capacity: 6, trainer: { name: 'Alex' } }, nextAt: '2027-01-13T15:00:00Z' })
    const follows = { trainer: { id: alex.id, name: 'Alex' }, capacity: 8, taken: 0, waitlistLength: 0, own: [] }
    expect(shown.slice(0, 3).map(one => one.session)).toEqual([
      { ...follows, status: 'published', trainer: { id: sam.id, name: 'Sam' }, capacity: 4, own: ['time', 'capacity', 'trainer'] },
      { ...follows, status: 'cancelled' }, { ...follows, status: 'published' },
    ])
  })

  test('another trainer’s series is not found, and an admin’s eye sees all', async () => {
    const { series } = await aSeries(db, { template: { trainerId: alex.id }, wallTime: '12:00' })
    expect((await ask(sam, 'GET', `${admins}/series/${series.id}`)).status).toBe(404)
    expect((await ask(admin, 'GET', `${admins}/series/${series.id}`)).status).toBe(200)
    const { json } = await ask(sam, 'GET', `${admins}/series`)
    expect((json as { items: { id: string }[] }).items.map(one => one.id)).not.toContain(series.id)
    const { id: templateId } = await aTemplate(db, { trainerId: alex.id })
    const body = { templateId, rrule: 'FREQ=DAILY', startsOn: '2027-01-12', wallTime: '05:00' }
    expect((await ask(sam, 'POST', `${admins}/series`, { body })).status).toBe(404)
    expect((await ask(alex, 'POST', `${admins}/series`, { body: { ...body, trainerId: sam.id } })).problem.code).toBe('forbidden')
  })

  test('what makes no sense is refused with what is wrong', async () => {
    const body = await wish()
    const refused = async (differs: object) => {
      const { problem } = await ask(alex, 'POST', `${admins}/series`, { body: { ...body, ...differs } })
      return [problem.code, problem.errors?.[0]?.path]
    }
    expect(await refused({ rrule: 'FREQ=YEARLY' })).toEqual(['invalid-request', 'body/rrule'])
    expect(await refused({ wallTime: '24:00' })).toEqual(['invalid-request', 'body/wallTime'])
    expect(await refused({ startsOn: '2027-01-10' })).toEqual(['invalid-request', 'body/startsOn'])
    const member = await aMember(db)
    const { problem } = await ask(admin, 'POST', `${admins}/series`, { body: { ...body, trainerId: member.id } })
    expect([problem.code, problem.errors?.[0]?.path]).toEqual(['invalid-request', 'body/trainerId'])
    const preview = new URLSearchParams({ ...body, rrule: 'FREQ=DAILY;BYHOUR=3' })
    expect((await ask(alex, 'GET', `${admins}/series-preview?${preview}`)).problem.errors?.[0]?.path).toBe('query/rrule')
    const { id: oneToOne } = (await ask(alex, 'POST', `${admins}/templates`, { body: { name: 'PT', type: 'PT', durationMinutes: 60, defaultCapacity: 1, kind: 'one_to_one' } })).json as { id: string }
    expect(await refused({ templateId: oneToOne })).toEqual(['invalid-request', 'templateId'])
  })
})
