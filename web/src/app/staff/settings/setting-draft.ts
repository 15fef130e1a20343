// What is typed into the settings: as text until it is saved, with what is wrong with it, and how a value is said to people.
import { counted, minorDigits, moneyOf, plain } from '../../api/amounts.ts'
import type { SettingName, SettingValues, SettingWords } from './setting-kinds.ts'
import { settingGroups } from './setting-words.ts'

export type SettingValue = string | number | boolean
export type Typed = Partial<Record<SettingName, string>>

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const weekdayChoices = weekdays.map((label, at) => ({ value: String(at + 1), label }))

/** As it stands in its field. */
export function textOf(words: SettingWords, value: SettingValue, currency: string): string {
  if (words.kind === 'money') return String(Number(value) / 10 ** minorDigits(currency))
  return String(value)
}

/** What the text says, in the form of the wire; undefined when it says nothing that fits. */
export function valueOf(words: SettingWords, text: string, currency: string): SettingValue | undefined {
  if (faultOf(words, text, currency) !== '') return undefined
  if (words.kind === 'money') return Math.round(Number(text) * 10 ** minorDigits(currency))
  if (words.kind === 'count' || words.kind === 'weekday') return Number(text)
  return words.kind === 'switch' ? text === 'true' : text.trim()
}

/** What is wrong with the text, and what would be right; empty when nothing is. */
export function faultOf(words: SettingWords, text: string, currency: string): string {
  const said = text.trim()
  if (words.kind === 'count') {
    return /^\d+$/.test(said) && Number(said) >= words.min && Number(said) <= words.max ? '' : `A whole number from ${plain(words.min)} to ${plain(words.max)}.`
  }
  if (words.kind === 'money') return isAmount(said, words.max, currency) ? '' : `An amount from 0 to ${moneyOf({ amount: words.max, currency })}.`
  if (words.kind === 'currency') return /^[A-Z]{3}$/.test(said) ? '' : 'Three capital letters: EUR.'
  if (words.kind === 'time') return /^\d\d:\d\d$/.test(said) ? '' : 'An hour: 09:00.'
  return said === '' || said.length > 80 ? 'Some words, 80 letters at most.' : ''
}

function isAmount(text: string, max: number, currency: string): boolean {
  const digits = minorDigits(currency)
  const shape = digits === 0 ? /^\d+$/ : new RegExp(`^\\d+(\\.\\d{1,${digits}})?$`)
  return shape.test(text) && Number(text) * 10 ** digits <= max
}

/** A value in words: 10 min, no cap, Monday, 7,50 €. */
export function saidOf(words: SettingWords, value: SettingValue, currency: string): string {
  if (words.kind === 'count') return countSaid(words, Number(value))
  if (words.kind === 'money') return value === 0 ? words.none : moneyOf({ amount: Number(value), currency })
  if (words.kind === 'weekday') return weekdays[Number(value) - 1] ?? String(value)
  if (words.kind === 'switch') return value === true ? 'On' : 'Off'
  const choice = words.kind === 'choice' ? words.choices.find((one) => one.value === value) : undefined
  return choice?.label ?? String(value)
}

function countSaid({ unit, none }: Extract<SettingWords, { kind: 'count' }>, value: number): string {
  if (value === 0 && none) return none
  if (unit === 'percent') return `${value} %`
  return readingOf(unit, value) || counted(value, unit === 'people' ? 'person' : unit.slice(0, -1), unit)
}

const minutesEach: Partial<Record<string, number>> = { seconds: 1 / 60, minutes: 1, hours: 60 }

/** A long time in the units that people count it in: 600 seconds are 10 min; empty where the number says enough. */
export function readingOf(unit: string, value: number): string {
  const each = minutesEach[unit]
  if (each === undefined) return ''
  const minutes = value * each
  if (minutes < 1 || (unit === 'minutes' && minutes < 60) || (unit === 'hours' && value < 24)) return ''
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), Math.floor(minutes % 60)]
  const seconds = Math.round((minutes % 1) * 60)
  const parts = [days && counted(days, 'day'), hours && `${hours} h`, rest && `${rest} min`, seconds && `${seconds} s`]
  return parts.filter(Boolean).join(' ')
}

/** Everything that was typed anew and fits, over what holds. */
export function withTyped(settings: SettingValues, typed: Typed): SettingValues {
  return { ...settings, ...changesOf(settings, typed) } as SettingValues
}

/** What was typed anew and fits: the body of a change. */
export function changesOf(settings: SettingValues, typed: Typed): Partial<Record<SettingName, SettingValue>> {
  const found = settingGroups.flatMap((group) => group.settings).flatMap((words) => {
    const text = typed[words.name]
    const value = text === undefined ? undefined : valueOf(words, text, settings.currency)
    return value === undefined || value === settings[words.name] ? [] : [[words.name, value] as const]
  })
  return Object.fromEntries(found)
}
