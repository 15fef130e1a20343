// The rolling horizon: every series gets the sessions that have come within it, and those it had to skip and now need not.
import { teaches } from '../identity/trainers.ts'
import type { Database } from '../platform/db.ts'
import type { SeriesId } from '../platform/ids.ts'
import { newTraceId } from '../platform/trace.ts'
import type { Context } from '../platform/context.ts'
import { readOnly, transact, type Tx } from '../platform/tx.ts'
import type { AttendedBy } from './attending.ts'
import { growingSeries, readSeries, trainerOf } from './class-series.ts'
import { fillSeries, horizonDays, patternOf } from './fill-series.ts'
import { planOccurrences } from './plan-occurrences.ts'
import { newestSettings, type SettingsStore } from './settings.ts'
import { studioDay } from './studio-days.rule.ts'

interface House {
  db: Database
  settings: SettingsStore
  attendedBy: AttendedBy
}

/**
 * Rolls every series on to the horizon and answers how many sessions it made. Any number of workers may run it: what is missing
 * is looked at again under the series' lock, and the index of a series' days has each of them once.
 */
export async function growSeries(house: House, traceId = newTraceId()): Promise<number> {
  const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId }
  const { db, settings } = house
  const { timeZone } = settings.current()
  let made = 0
  for (const id of await readOnly(db, context, tx => growingSeries(tx.sql, studioDay(tx.now, timeZone)))) {
    try {
      if (await isBehind(house, id, context)) made += await growOne(house, id, context)
    } catch (error) {
      // One series that cannot grow must not keep the others from it; the next run tries again.
      db.log.error(error, `series ${id} could not be rolled on`)
    }
  }
  return made
}

/** Whether there is a day to make: asked without a lock, because mostly there is none. */
function isBehind({ db, settings, attendedBy }: House, id: SeriesId, context: Context): Promise<boolean> {
  return readOnly(db, context, async tx => {
    const series = await readSeries(tx.sql, id)
    if (!series || !(await teaches(tx.sql, trainerOf(series)))) return false
    const within = horizonDays(series, tx.now, settings.current().seriesHorizonWeeks)
    const planned = await planOccurrences(tx.sql, patternOf(series), { within, now: tx.now, attendedBy })
    return planned.some(one => one.outcome === 'new')
  })
}

function growOne({ db, settings, attendedBy }: House, id: SeriesId, context: Context): Promise<number> {
  const plan = { lock: (sql: Tx['sql']) => ({ series: readSeries(sql, id, { lock: true }), newest: newestSettings(sql) }) }
  return transact(db, context, plan, async (tx, { series, newest }) => {
    if (!series || series.template.archivedAt) return 0
    const { seriesHorizonWeeks } = await settings.at(newest[0].newest, tx.now)
    return (await fillSeries(tx, series, horizonDays(series, tx.now, seriesHorizonWeeks), attendedBy)).made
  })
}
