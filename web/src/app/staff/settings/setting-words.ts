// Every setting in words that a studio's owner would use, in the groups in which they are decided.
import type { Settings } from '@fitflow/contract/settings.ts'

export type SettingName = Exclude<keyof Settings, 'version' | 'effectiveFrom' | 'warnings'>

interface SettingWords {
  name: SettingName
  label: string
  help?: string
  kind: 'text' | 'number' | 'color' | 'zone'
  min?: number
  max?: number
}

export const settingGroups: { title: string; words: string; settings: SettingWords[] }[] = [
  {
    title: 'The studio',
    words: 'What members see at the head of every page, and the clock and money everything goes by.',
    settings: [
      { name: 'studioName', label: 'Name', kind: 'text' },
      { name: 'accentColor', label: 'Accent', kind: 'color', help: 'Its hue is used; lightness is ours, so that everything stays readable.' },
      { name: 'timeZone', label: 'Time zone', kind: 'zone' },
      { name: 'currency', label: 'Currency', kind: 'text', help: 'Three letters: EUR.' },
    ],
  },
  {
    title: 'Holds and offers',
    words: 'How long somebody may think while a spot is kept for them.',
    settings: [
      { name: 'holdSeconds', label: 'A hold lasts, seconds', kind: 'number', min: 5, max: 3600 },
      { name: 'offerSeconds', label: 'A waitlist offer lasts, seconds', kind: 'number', min: 5, max: 3600 },
      { name: 'liveHoldsMax', label: 'Holds at once for each member', kind: 'number', min: 1, max: 100 },
    ],
  },
  {
    title: 'Booking window',
    words: 'From when until when a class can be booked.',
    settings: [
      { name: 'bookingOpensDays', label: 'Opens, days before', kind: 'number', min: 0, max: 365 },
      { name: 'bookingClosesMinutes', label: 'Closes, minutes before the start', kind: 'number', min: 0, max: 10_080 },
    ],
  },
  {
    title: 'Cancelling',
    words: 'Fixed for a booking at its hold: a change here touches only what is held from now on.',
    settings: [
      { name: 'fullReturnHours', label: 'Everything comes back until, hours before', kind: 'number', min: 0, max: 720 },
      { name: 'halfReturnHours', label: 'A part comes back until, hours before', kind: 'number', min: 0, max: 720 },
      { name: 'halfReturnPercent', label: 'That part, in percent', kind: 'number', min: 0, max: 100 },
    ],
  },
  {
    title: 'Limits',
    words: 'How much one person or one address may ask of the server in a minute.',
    settings: [
      { name: 'holdsPerMinute', label: 'New holds for each member', kind: 'number', min: 1, max: 1_000_000 },
      { name: 'requestsPerMinute', label: 'Requests for each member or address', kind: 'number', min: 10, max: 100_000_000 },
      { name: 'failedSignInsPerAccountPerMinute', label: 'Failed sign-ins for each account', kind: 'number', min: 1, max: 1_000_000 },
      { name: 'failedSignInsPerAddressPerMinute', label: 'Failed sign-ins for each address', kind: 'number', min: 1, max: 1_000_000 },
    ],
  },
]
