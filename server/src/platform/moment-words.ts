// An instant as people of the studio say it, in sentences of every module.

/** In order. */
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** "18:30 on 3 March 2027". */
export function momentWords(at: Temporal.Instant, timeZone: string): string {
  const zoned = at.toZonedDateTimeISO(timeZone)
  return `${clockWords(zoned)} on ${dayWords(zoned)}`
}

/** "18:30". */
export function clockWords({ hour, minute }: Pick<Temporal.PlainTime, 'hour' | 'minute'>): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(hour)}:${two(minute)}`
}

/** "3 March 2027". */
export function dayWords({ day, month, year }: Pick<Temporal.PlainDate, 'day' | 'month' | 'year'>): string {
  return `${day} ${months[month - 1]} ${year}`
}
