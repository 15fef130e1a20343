// Fills an empty house with the demo studio, in one transaction: settings, people, classes, credits, and four weeks of life.
import { recordPastCheckins } from '../attendance/record-past-checkins.ts'
import { recordHistory } from '../booking/record-history.ts'
import { openLots } from '../credits/open-lots.ts'
import { createUsers, type NewUser } from '../identity/create-users.ts'
import { hashPassword } from '../identity/password.ts'
import { putTrainerProfile } from '../identity/trainers.ts'
import { hasAccounts } from '../identity/users.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { newId, type SeriesId, type SessionId, type TemplateId, type UserId } from '../platform/ids.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { changeSettings } from '../schedule/change-settings.ts'
import { insertSession } from '../schedule/class-sessions.ts'
import { insertSeries } from '../schedule/create-series.ts'
import { createTemplate } from '../schedule/create-template.ts'
import { demoTemplates, type TemplateName } from './classes.ts'
import { demoClients, restingPack, type DemoClient } from './clients.ts'
import { demoAdmin, demoTrainers, type DemoPerson, type TrainerName } from './people.ts'
import { openOneToOnes } from './one-to-ones.ts'
import { restLot } from './resting-lot.ts'
import { seededRandom } from './random.ts'
import type { Character, DemoClass } from './scene.ts'
import { demoPassword } from './sign-ins.ts'
import { keepPlace, standingClass } from './standing-place.ts'
import { demoStory } from './story.ts'
import { datedClasses, daysEachWay, seriesKey, weeklyClasses, type DatedClass } from './timetable.ts'

const studio = { studioName: 'Estudio Brío', accentColor: '#0f6b5c', timeZone: 'Europe/Madrid', currency: 'EUR' }
// Any number does; another one gives other people in other classes.
const seed = 20_260
const openedDaysAgo = 730
const plannedDaysAhead = 21
// Of those with an unlimited membership: what is booked for them costs no credits.
const withPlace = 22

type Trainers = Record<TrainerName, UserId>
type Templates = Record<TemplateName, TemplateId>

/** Answers false and does nothing where there is anybody already. Announces no events: nothing of it happens now. */
export async function seedDemo(db: Database, context: Context): Promise<boolean> {
  const passwordHash = await hashPassword(demoPassword)
  const seeded = await transact(db, context, {}, async tx => {
    // The bounds are a request's. Two who seed one house at once wait for each other, however slow the machine is.
    await Promise.all([tx.sql`set local lock_timeout = 0`, tx.sql`set local statement_timeout = 0`])
    if (await hasAccounts(tx.sql, 'any')) return false
    const random = seededRandom(seed)
    const now = tx.now.round({ smallestUnit: 'second', roundingMode: 'floor' })
    const openedAt = now.subtract({ hours: 24 * openedDaysAgo })
    await changeSettings(asOf(tx, openedAt), studio, () => undefined)
    const trainers = await makeStaff(tx, passwordHash, openedAt)
    const { classes, series } = await makeClasses(asOf(tx, openedAt), trainers, now)
    await openOneToOnes(asOf(tx, openedAt), trainers)
    const clients = demoClients(now, studio.timeZone, random)
    const characters = await makeClients(tx, clients, passwordHash)
    await keepPlace(tx, { seriesId: series.get(standingClass) as SeriesId, memberId: characters[withPlace]?.id as UserId })
    const story = demoStory({ now, timeZone: studio.timeZone, classes, characters, random })
    await recordPastCheckins(tx, await recordHistory(tx, story), story)
    return true
  })
  if (seeded) db.signals.send({ settings: true })
  return seeded
}

/** The same transaction at an earlier instant: what stands in the house since then is written as of then. */
function asOf(tx: Tx, now: Temporal.Instant): Tx {
  return { ...tx, now }
}

function account({ email, name, role }: DemoPerson, passwordHash: string, since: Temporal.Instant): NewUser {
  return { email, name, role, passwordHash, since, demo: true }
}

async function makeStaff(tx: Tx, passwordHash: string, since: Temporal.Instant): Promise<Trainers> {
  const teaching = Object.entries(demoTrainers)
  const ids = await createUsers(tx, [demoAdmin, ...Object.values(demoTrainers)].map(person => account(person, passwordHash, since)))
  const trainers = teaching.map(([name], at) => [name, ids[at + 1]])
  for (const [at, [, { bio }]] of teaching.entries()) await putTrainerProfile(tx, ids[at + 1] as UserId, bio)
  return Object.fromEntries(trainers) as Trainers
}

async function makeClasses(tx: Tx, trainers: Trainers, now: Temporal.Instant): Promise<{ classes: DemoClass[]; series: Map<string, SeriesId> }> {
  const made = await Promise.all(
    Object.entries(demoTemplates).map(async ([name, template]) => {
      const { id } = await createTemplate(tx, { ...template, trainerId: trainers[template.trainer] })
      return [name, id]
    }),
  )
  const templates = Object.fromEntries(made) as Templates
  const series = await makeSeries(tx, templates, now)
  const classes = await Promise.all(datedClasses(now, studio.timeZone).map(one => makeClass(tx, one, { templates, trainers, series })))
  return { classes, series }
}

/** The whole week repeats: a series for each class and hour, whose job makes what lies beyond the four weeks. */
async function makeSeries(tx: Tx, templates: Templates, now: Temporal.Instant): Promise<Map<string, SeriesId>> {
  const startsOn = String(now.toZonedDateTimeISO(studio.timeZone).toPlainDate().subtract({ days: daysEachWay }))
  const made = weeklyClasses().map(async (one): Promise<[string, SeriesId]> => {
    const rrule = `FREQ=WEEKLY;BYDAY=${one.byDay.join(',')}`
    return [seriesKey(one), await insertSeries(tx, { templateId: templates[one.template], rrule, startsOn, wallTime: one.at }, studio)]
  })
  return new Map(await Promise.all(made))
}

async function makeClass(tx: Tx, one: DatedClass, of: { templates: Templates; trainers: Trainers; series: Map<string, SeriesId> }): Promise<DemoClass> {
  const template = demoTemplates[one.template]
  const { startsAt, endsAt, status } = one
  const capacity = template.defaultCapacity
  const priceCredits = template.credits * 100
  const id = newId<SessionId>()
  const made = await insertSession(asOf(tx, startsAt.subtract({ hours: 24 * plannedDaysAhead })), {
    ...{ id, startsAt, endsAt, status, capacity, priceCredits, dropInCents: template.dropIn },
    ...{ templateId: of.templates[one.template], trainerId: of.trainers[template.trainer] },
    ...{ capacityOverridden: false, trainerOverridden: false },
    series: { id: of.series.get(seriesKey(one)) as SeriesId, occurrenceOn: one.date },
  })
  if (!made) throw new Error(`${template.trainer} teaches twice at ${startsAt}`)
  tx.audit({ entityType: 'class_session', entityId: id, action: 'created', details: { startsAt: String(startsAt), status } })
  return { ...one, id, capacity, priceCredits }
}

async function makeClients(tx: Tx, clients: readonly DemoClient[], passwordHash: string): Promise<Character[]> {
  const ids = await createUsers(tx, clients.map(({ person, since }) => account(person, passwordHash, since)))
  const characters = clients.map(({ budget, perWeek, favours, strays }, at): Character => {
    return { id: ids[at] as UserId, budget, perWeek, favours, strays, days: new Set(), weeks: new Map() }
  })
  const opened = openLots(tx, clients.flatMap(({ lots }, at) => lots.map(lot => ({ ...lot, userId: ids[at] as UserId }))), studio.timeZone)
  for (const { lot } of opened) if (lot.name === restingPack) restLot(tx, lot, studio.timeZone)
  return characters
}
