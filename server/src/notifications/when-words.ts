// Moments, credits and money as a language writes them, in the studio's zone.

/** How one language says what a message is made of. */
export interface Sayings {
  /** "Tuesday 12 January" */
  day(iso: string): string
  /** "07:00" */
  time(iso: string): string
  /** "Tue 12 Jan, 07:00" */
  brief(iso: string): string
  /** "Tuesday 12 January, 07:00" */
  moment(iso: string): string
  /** The last day on which what ends then still counts, with its year. */
  lastDay(iso: string): string
  /** Hundredths as a number: "1.5". */
  number(hundredths: number): string
  /** Minor units. */
  money(amount: number, currency: string): string
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const longDay = { weekday: 'long', day: 'numeric', month: 'long' } as const

const known = new Map<string, Sayings>()

/** The formats of a locale, in a zone. They are made once: that takes longer than all that is said with them in a message. */
export function sayings(locale: string, timeZone: string): Sayings {
  const key = `${locale} ${timeZone}`
  const made = known.get(key) ?? makeSayings(locale, timeZone)
  known.set(key, made)
  return made
}

function makeSayings(locale: string, timeZone: string): Sayings {
  const format = (shape: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...shape, timeZone })
  const [time, day, dated] = [format(clock), format(longDay), format({ day: 'numeric', month: 'long', year: 'numeric' })]
  const briefDay = format({ weekday: 'short', day: 'numeric', month: 'short' })
  const amount = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const said: Sayings = {
    // A comma after the weekday stands in the way of the one before the time.
    day: iso => day.format(Date.parse(iso)).replace(',', ''),
    time: iso => time.format(Date.parse(iso)),
    brief: iso => `${briefDay.format(Date.parse(iso)).replace(',', '')}, ${said.time(iso)}`,
    moment: iso => `${said.day(iso)}, ${said.time(iso)}`,
    lastDay: iso => dated.format(Date.parse(iso) - 1),
    number: hundredths => amount.format(hundredths / 100),
    money: (minor, currency) => moneyOf(locale, minor, currency),
  }
  return said
}

function moneyOf(locale: string, minor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
