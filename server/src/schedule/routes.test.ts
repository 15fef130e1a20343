// The schedule's routes over HTTP: who gets in, what they are told, and that a change counts once.
import type { ClassTemplate, StaffSession } from '@fitflow/contract/sessions.ts'
import type { Settings } from '@fitflow/contract/settings.ts'
import { describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aMember, anAdmin, aSession, aTrainer } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const [admin, alex, sam, member] = await Promise.all([anAdmin(db), aTrainer(db, 'Alex'), aTrainer(db, 'Sam'), aMember(db)])

const admins = '/api/v1/admin'
const newTemplate = { name: 'Yoga', type: 'Mobility', durationMinutes: 45, defaultCapacity: 8 }
const makeTemplate = async () => (await ask(alex, 'POST', `${admins}/templates`, { body: newTemplate })).json as ClassTemplate
const inHours = (hours: number) => String(clock.now().add({ hours }))

test('anybody learns what studio this is and what time it has', async () => {
  const { status, json } = await ask(null, 'GET', '/api/v1/studio')
  expect(status).toBe(200)
  expect(json).toMatchObject({ name: 'FitFlow Studio', timeZone: 'UTC', currency: 'EUR', accentColor: '#1f5c46', now: String(clock.now()) })
})

describe('settings', () => {
  test('are an admin\'s alone', async () => {
    for (const person of [member, alex]) expect((await ask(person, 'GET', `${admins}/settings`)).status).toBe(403)
    expect((await ask(null, 'GET', `${admins}/settings`)).status).toBe(401)
    expect((await ask(alex, 'PATCH', `${admins}/settings`, { body: { holdSeconds: 60 } })).status).toBe(403)
  })

  test('are changed, read again, and in force for everybody within a second', async () => {
    const { json, status } = await ask(admin, 'PATCH', `${admins}/settings`, { body: { studioName: 'Ritmo', timeZone: 'Europe/Madrid' } })
    expect(status).toBe(200)
    expect(json).toMatchObject({ studioName: 'Ritmo', timeZone: 'Europe/Madrid', holdSeconds: 600, effectiveFrom: String(clock.now()) })
    expect((await ask(admin, 'GET', `${admins}/settings`)).json).toEqual(json)
    const studio = async () => (await ask(null, 'GET', '/api/v1/studio')).json
    await expect.poll(studio, { timeout: 1000 }).toMatchObject({ name: 'Ritmo', timeZone: 'Europe/Madrid' })
  })

  test('are refused when unknown, malformed or contradicting', async () => {
    const refused = async (body: unknown) => {
      const { problem } = await ask(admin, 'PATCH', `${admins}/settings`, { body })
      return [problem.code, problem.errors?.[0]?.path]
    }
    expect(await refused({ holdSecond: 60 })).toEqual(['invalid-request', 'body/holdSecond'])
    expect(await refused({ holdSeconds: 4 })).toEqual(['invalid-request', 'body/holdSeconds'])
    expect(await refused({})).toEqual(['invalid-request', 'body'])
    expect(await refused({ timeZone: 'Nowhere' })).toEqual(['invalid-request', 'body/timeZone'])
    expect(await refused({ halfReturnHours: 48 })).toEqual(['setting-contradiction', undefined])
  })

  test('say what is a trap in them, when read and when saved, and before', async () => {
    const body = { offerSeconds: 3000 }
    const warnings = [{ settings: ['offerSeconds', 'waitlistCutoffMinutes'] }]
    const preview = await ask(admin, 'GET', `${admins}/settings-preview?offerSeconds=3000&strikesOn=false`)
    expect(preview.json).toMatchObject({ contradictions: [], warnings })
    expect((await ask(admin, 'PATCH', `${admins}/settings`, { body })).json).toMatchObject({ warnings })
    expect((await ask(admin, 'GET', `${admins}/settings`)).json).toMatchObject({ warnings })
    expect((await ask(admin, 'PATCH', `${admins}/settings`, { body: { offerSeconds: 300 } })).json).toMatchObject({ warnings: [] })
  })

  test('that are planned can be withdrawn, once', async () => {
    const { json } = await ask(admin, 'PATCH', `${admins}/settings`, { body: { holdSeconds: 99, effectiveFrom: inHours(1) } })
    const body = { version: (json as Settings).version }
    expect((await ask(admin, 'POST', `${admins}/settings/withdraw`, { body })).status).toBe(204)
    expect((await ask(admin, 'POST', `${admins}/settings/withdraw`, { body })).problem.code).toBe('settings-not-planned')
    expect((await ask(admin, 'GET', `${admins}/settings/versions?limit=1`)).json).toMatchObject({ items: [{ ...body, state: 'withdrawn' }] })
  })

  test('are changed only as they were read, when the reader says so', async () => {
    const read = await ask(admin, 'GET', `${admins}/settings`)
    const headers = { 'if-match': read.headers.get('etag')! }
    expect((await ask(admin, 'PATCH', `${admins}/settings`, { body: { holdSeconds: 61 }, headers })).status).toBe(200)
    expect((await ask(admin, 'PATCH', `${admins}/settings`, { body: { holdSeconds: 62 }, headers })).problem.code).toBe('precondition-failed')
    expect(((await ask(admin, 'GET', `${admins}/settings`)).json as Settings).holdSeconds).toBe(61)
  })
})

describe('templates', () => {
  test('are made once for one key, and listed', async () => {
    const key = 'one-template-only'
    const first = await ask(sam, 'POST', `${admins}/templates`, { body: newTemplate, key })
    const second = await ask(sam, 'POST', `${admins}/templates`, { body: newTemplate, key })
    expect([first.status, second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true'])
    expect(second.text).toBe(first.text)
    expect(first.json).toMatchObject({ ...newTemplate, trainer: { id: sam.id, name: 'Sam' }, price: { credits: 1, money: null }, archived: false })
    expect((await ask(sam, 'GET', `${admins}/templates`)).json).toEqual({ items: [first.json], nextCursor: null })
  })

  test('are changed by their trainer, at the version they read', async () => {
    const { id } = await makeTemplate()
    const to = (body: object, as = alex, version = 1) =>
      ask(as, 'PATCH', `${admins}/templates/${id}`, { body, headers: { 'if-match': `"v${version}"` } })
    expect((await to({ name: 'Slow Yoga' })).json).toMatchObject({ name: 'Slow Yoga', version: 2 })
    expect((await to({ name: 'Fast Yoga' })).status).toBe(412)
    expect((await to({ name: 'Mine' }, sam, 2)).status).toBe(404)
    expect((await to({ name: 'Mine' }, member, 2)).status).toBe(403)
    expect((await to({ archived: true }, admin, 2)).json).toMatchObject({ archived: true, version: 3 })
  })

  test('are refused without a name, with an unknown field, and for a page nobody handed out', async () => {
    const { problem } = await ask(alex, 'POST', `${admins}/templates`, { body: { ...newTemplate, name: ' ', colour: 'red' } })
    expect(problem.errors?.map(({ path }) => path).toSorted()).toEqual(['body/colour', 'body/name'])
    expect((await ask(alex, 'GET', `${admins}/templates?cursor=x`)).problem).toMatchObject({ status: 400, code: 'invalid-request' })
  })
})

describe('a session', () => {
  test('is made from a template, and shown as staff see it', async () => {
    const template = await makeTemplate()
    const { status, json } = await ask(alex, 'POST', `${admins}/sessions`, { body: { templateId: template.id, startsAt: inHours(40) } })
    expect(status).toBe(201)
    expect(json).toMatchObject({
      ...{ templateId: template.id, name: 'Yoga', type: 'Mobility', status: 'draft', capacity: 8, spotsLeft: 8, mine: null },
      ...{ startsAt: inHours(40), endsAt: String(clock.now().add({ hours: 40, minutes: 45 })), held: 0, booked: 0, taken: 0, waiting: 0 },
    } satisfies Partial<StaffSession>)
  })

  test('is refused by the documented problems', async () => {
    const template = await makeTemplate()
    const { id: busyWith } = await aSession(db, { templateId: template.id as never, startsAt: clock.now().add({ hours: 60 }) })
    const refused = async (wish: object, as = alex) => {
      const body = { templateId: template.id, startsAt: inHours(60), status: 'published', ...wish }
      const { status, problem } = await ask(as, 'POST', `${admins}/sessions`, { body })
      return [status, problem.code]
    }
    const { problem } = await ask(alex, 'POST', `${admins}/sessions`, {
      body: { templateId: template.id, startsAt: inHours(60), status: 'published' },
    })
    expect(problem).toMatchObject({ status: 409, code: 'trainer-busy', otherSessionId: busyWith })
    expect(await refused({ startsAt: inHours(-1) })).toEqual([409, 'session-state'])
    expect(await refused({ startsAt: 'tomorrow' })).toEqual([400, 'invalid-request'])
    expect(await refused({ status: 'cancelled' })).toEqual([400, 'invalid-request'])
    expect(await refused({ trainerId: member.id }, admin)).toEqual([400, 'invalid-request'])
    expect(await refused({ trainerId: sam.id })).toEqual([403, 'forbidden'])
    expect(await refused({}, sam)).toEqual([404, 'not-found'])
    expect(await refused({}, member)).toEqual([403, 'forbidden'])
    await ask(alex, 'PATCH', `${admins}/templates/${template.id}`, { body: { archived: true } })
    expect(await refused({})).toEqual([409, 'template-archived'])
  })
})
