// One class of the demo comes round by a rule, and a member has a standing place in it for two weeks.
import { attendedBy } from '../booking/attended.ts'
import { makeStanding } from '../booking/keep-standing.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { createSeries } from '../schedule/create-series.ts'
import { createTemplate } from '../schedule/create-template.ts'
import { inForce, settingsRows, timelineOf } from '../schedule/settings.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'

const template = {
  name: 'Slow Tuesday',
  type: 'Mobility',
  description:
    'The same three quarters of an hour every week: hips, back and breath, at a pace that leaves you awake. Reserve it every week and your mat is always the one by the window.',
  durationMinutes: 45,
  defaultCapacity: 10,
  credits: 0.5,
  dropIn: 800,
}
const standingDays = 13

/** Announces nothing, as the rest of the demo does not. The worker books the place, as it does everybody's. */
export async function openSeries(tx: Tx, { trainerId, memberId }: { trainerId: UserId; memberId: UserId }): Promise<void> {
  const quiet: Tx = { ...tx, emit: () => {} }
  const settings = inForce(timelineOf(await settingsRows(tx.sql)), tx.now)
  const today = studioDay(tx.now, settings.timeZone)
  const { id: templateId } = await createTemplate(quiet, { ...template, trainerId })
  const wish = { templateId, rrule: 'FREQ=WEEKLY;BYDAY=TU', startsOn: String(today), wallTime: '18:00', skipClashes: true }
  const { series } = await createSeries(quiet, wish, settings, attendedBy)
  await makeStanding(quiet, { wish: { seriesId: series.id, until: String(today.add({ days: standingDays })) }, userId: memberId, settings })
}
