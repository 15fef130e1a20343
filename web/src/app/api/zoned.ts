// Days and wall time in the studio's zone: pure arithmetic on top of Intl, since not every browser has Temporal yet.

/** An instant in the wire's form. */
export const isoOf = (ms: number): string => new Date(ms).toISOString()

const formatters = new Map<string, Intl.DateTimeFormat>()

/** A cached formatter: building one is a hundred times the price of using it. */
export function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timeZone + JSON.stringify(options)
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone })
  formatters.set(key, made)
  return made
}

/** The day, `YYYY-MM-DD`, on which an instant falls in a zone. */
export function dayOf(ms: number, timeZone: string): string {
  const parts = formatter(timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(ms)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Noon UTC of a day: formatted in UTC it is that day everywhere. */
export const noonMs = (day: string): number => Date.parse(`${day}T12:00:00Z`)

export const addDays = (day: string, days: number): string => dayOf(noonMs(day) + days * 86_400_000, 'UTC')

export const daysBetween = (from: string, to: string): number => Math.round((noonMs(to) - noonMs(from)) / 86_400_000)

/** Minutes since midnight of an instant's wall time. */
export function minuteOfDay(ms: number, timeZone: string): number {
  const [hours = '0', minutes = '0'] = formatter(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms).split(':')
  return Number(hours) * 60 + Number(minutes)
}

function offsetMs(ms: number, timeZone: string): number {
  const day = dayOf(ms, timeZone)
  const wallMs = Date.parse(`${day}T00:00:00Z`) + minuteOfDay(ms, timeZone) * 60_000
  return wallMs - Math.floor(ms / 60_000) * 60_000
}

/**
 * The instant of a wall time (`YYYY-MM-DD`, `HH:MM`) in a zone, as ISO 8601 with `Z`: the earlier of two in an
 * overlap; in a gap it moves on by the gap's length, like Temporal's `compatible`.
 */
export function instantOf(day: string, time: string, timeZone: string): string {
  const wallMs = Date.parse(`${day}T${time}:00Z`)
  const before = offsetMs(wallMs - 86_400_000, timeZone)
  const after = offsetMs(wallMs + 86_400_000, timeZone)
  const matches = [wallMs - before, wallMs - after].filter((ms) => ms + offsetMs(ms, timeZone) === wallMs)
  const ms = matches.length > 0 ? Math.min(...matches) : wallMs - before
  return isoOf(ms)
}

/** The same day of another year; of the 29th of February the 28th where there is none. */
export function addYears(day: string, years: number): string {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  return new Date(`${moved}T00:00:00Z`).toISOString().slice(0, 10) === moved ? moved : `${moved.slice(0, 8)}28`
}
