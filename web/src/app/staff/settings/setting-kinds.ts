// What the settings' page knows of a setting: its name on the wire, its words, and how it is typed.
import type { Settings } from '@fitflow/contract/settings.ts'

export type SettingName = Exclude<keyof Settings, 'version' | 'effectiveFrom' | 'warnings'>
export type SettingValues = Pick<Settings, SettingName>

interface Common {
  name: SettingName
  label: string
  /** What it means, and what follows from it. */
  help: string
  /** Whether it has an effect under the values typed so far. */
  when?: (values: SettingValues) => boolean
}

interface Counted {
  kind: 'count'
  unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'percent' | 'spots' | 'holds' | 'people' | 'strikes' | 'times'
  min: number
  max: number
  /** What 0 means, where it is more than a number. */
  none?: string
}

interface Chosen {
  kind: 'choice'
  choices: { value: string; label: string }[]
}

export type SettingWords = Common & (Counted | Chosen | { kind: 'money'; max: number; none: string } | { kind: 'text' | 'currency' | 'color' | 'zone' | 'weekday' | 'time' | 'switch' })

export interface SettingGroup {
  /** Where the page's index leads. */
  key: string
  title: string
  words: string
  settings: SettingWords[]
}
