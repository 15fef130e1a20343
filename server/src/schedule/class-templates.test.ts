// Class templates: whose they are, what they say, and how they are listed and changed.
import type { TemplateChange } from '@fitflow/contract/sessions.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aMember, anAdmin, aSession, aTemplate, aTrainer, type Person } from '../../test/world.ts'
import type { TemplateId } from '../platform/ids.ts'
import { readOnly, transact } from '../platform/tx.ts'
import { changeTemplate, comingSessionsOf } from './change-template.ts'
import { listTemplates } from './class-templates.ts'
import { createTemplate } from './create-template.ts'
import { sessionCards } from './session-cards.ts'

const { db, clock } = await aDatabase()
let admin: Person
let alex: Person
let sam: Person
beforeAll(async () => {
  admin = await anAdmin(db)
  alex = await aTrainer(db, 'Alex')
  sam = await aTrainer(db, 'Sam')
})

const usual = { name: 'Yoga', type: 'Mobility', durationMinutes: 45, defaultCapacity: 8 }
const make = (person: Person, wish = {}) => transact(db, person.context, {}, tx => createTemplate(tx, { ...usual, ...wish }))
const change = (person: Person, id: TemplateId, to: TemplateChange, expect = (_version: number) => {}) =>
  transact(db, person.context, { isolation: 'read committed' }, tx => changeTemplate(tx, { id, change: to, expect }))
const list = (person: Person, query = {}) => readOnly(db, person.context, tx => listTemplates(tx, query))

describe('a template', () => {
  test('of a trainer is their own, and costs a credit unless told otherwise', async () => {
    const template = await make(alex)
    expect(template).toMatchObject({ ...usual, trainerId: alex.id, trainerName: 'Alex', priceCredits: 100, dropInCents: null, version: 1 })
    expect(await make(alex, { credits: 0.29, dropIn: 1250 })).toMatchObject({ priceCredits: 29, dropInCents: 1250 })
  })

  test('is a class whose freed spots are offered unless told otherwise; a 1:1 is for one person', async () => {
    expect(await make(alex)).toMatchObject({ kind: 'class', waitlistMode: 'offer' })
    const talk = await make(alex, { kind: 'one_to_one', defaultCapacity: 1 })
    expect(talk).toMatchObject({ kind: 'one_to_one', defaultCapacity: 1 })
    const errors = { code: 'invalid-request', facts: { errors: [{ path: 'body/defaultCapacity' }] } }
    await expect(make(alex, { kind: 'one_to_one' })).rejects.toMatchObject(errors)
    await expect(change(alex, talk.id, { defaultCapacity: 2 })).rejects.toMatchObject(errors)
    expect(await change(alex, talk.id, { waitlistMode: 'auto' })).toMatchObject({ waitlistMode: 'auto' })
  })

  test('of an admin is for whom they name, and for nobody who does not teach', async () => {
    expect(await make(admin, { trainerId: sam.id })).toMatchObject({ trainerId: sam.id })
    const errors = { code: 'invalid-request', facts: { errors: [{ path: 'body/trainerId' }] } }
    await expect(make(admin)).rejects.toMatchObject(errors)
    await expect(make(admin, { trainerId: (await aMember(db)).id })).rejects.toMatchObject(errors)
  })

  test('is not given to another trainer by a trainer', async () => {
    await expect(make(alex, { trainerId: sam.id })).rejects.toMatchObject({ code: 'forbidden' })
    const { id } = await make(alex)
    await expect(change(alex, id, { trainerId: sam.id })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await change(admin, id, { trainerId: sam.id })).toMatchObject({ trainerId: sam.id, trainerName: 'Sam' })
  })
})

describe('a change', () => {
  test('touches what it names, counts the version up, and keeps in the audit what was', async () => {
    const { id, ...was } = await make(alex)
    expect(await change(alex, id, { name: 'Slow Yoga', dropIn: 900, credits: 2 })).toEqual({
      ...{ ...was, id, name: 'Slow Yoga', dropInCents: 900, priceCredits: 200, version: 2 },
    })
    expect(await change(alex, id, { dropIn: null })).toMatchObject({ name: 'Slow Yoga', dropInCents: null, version: 3 })
    const rows = await db.sql`select details from audit_log where entity_id = ${id} and action = 'changed' order by id`
    expect(rows[0]?.details).toMatchObject({ name: { was: 'Yoga', is: 'Slow Yoga' }, priceCredits: { was: 100, is: 200 } })
  })

  test('of another trainer\'s template, or of none, finds nothing', async () => {
    const { id } = await make(alex)
    await expect(change(sam, id, { name: 'Mine' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(change(admin, alex.id as string as TemplateId, { name: 'None' })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is shown the version it would be made on', async () => {
    const { id } = await make(alex)
    const stale = (version: number) => {
      throw new Error(`it is version ${version}`)
    }
    await expect(change(alex, id, { name: 'Other' }, stale)).rejects.toThrow('it is version 1')
  })

  test('of the numbers leaves sessions that stand alone, one of the name does not', async () => {
    const { id } = await make(alex)
    const session = await aSession(db, { templateId: id })
    await change(alex, id, { name: 'Power Yoga', defaultCapacity: 3, credits: 3, durationMinutes: 90 })
    expect((await sessionCards(db.sql, [session.id])).get(session.id)).toMatchObject({ ...session, name: 'Power Yoga' })
    const coming = await transact(db, admin.context, {}, tx => comingSessionsOf(tx, id))
    expect(coming).toEqual([session.id])
  })

  test('two at once both count', async () => {
    const { id } = await make(alex)
    await Promise.all([change(alex, id, { name: 'A' }), change(alex, id, { type: 'B' })])
    expect(await change(alex, id, { description: 'C' })).toMatchObject({ name: 'A', type: 'B', description: 'C', version: 4 })
  })
})

describe('the list', () => {
  test('is by name, page by page without a gap, whatever the letters', async () => {
    const names = ['Étirements', 'Zumba', 'élan', 'Boxing', 'boxing', 'Aqua']
    const eve = await aTrainer(db, 'Eve')
    for (const name of names) await make(eve, { name })
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page = await list(eve, { limit: 2, ...(cursor ? { cursor } : {}) })
      found.push(...page.items.map(template => template.name))
      cursor = page.nextCursor
    } while (cursor)
    expect(found).toEqual(['Aqua', 'boxing', 'Boxing', 'élan', 'Étirements', 'Zumba'])
  })

  test('shows a trainer their own and an admin all', async () => {
    const eve = await aTrainer(db, 'Eve')
    const { id } = await make(eve)
    expect((await list(eve)).items.map(template => template.id)).toEqual([id])
    const all = (await list(admin, { limit: 200 })).items.map(template => template.trainerId)
    expect(all).toEqual(expect.arrayContaining([eve.id, alex.id]))
  })

  test('keeps apart what is out of use, until it is taken back', async () => {
    const eve = await aTrainer(db, 'Eve')
    const { id } = await aTemplate(db, { trainerId: eve.id })
    const out = await change(eve, id, { archived: true })
    expect(out.archivedAt).toEqual(clock.now())
    expect((await list(eve)).items).toEqual([])
    expect((await list(eve, { archived: true })).items).toEqual([out])
    expect(await change(eve, id, { archived: false })).toMatchObject({ archivedAt: null })
    expect((await list(eve)).items).toHaveLength(1)
  })
})
