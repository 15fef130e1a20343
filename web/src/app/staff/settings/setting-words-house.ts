// The settings of the house, its door, its penalties, and of what it allows in a minute, in words.
import type { SettingGroup, SettingValues } from './setting-kinds.ts'

const strikesAreOn = ({ strikesOn }: SettingValues) => strikesOn

/** The first comes first on the page, the others last. */
export const houseGroups: SettingGroup[] = [
  {
    key: 'studio',
    title: 'The studio',
    words: 'What members see at the head of every page, and the clock and the money everything goes by.',
    settings: [
      { name: 'studioName', label: 'Name', kind: 'text', help: 'On every page and in every message.' },
      { name: 'accentColor', label: 'Accent', kind: 'color', help: 'Its hue is used; how light it is is ours, so that everything stays readable.' },
      { name: 'timeZone', label: 'Time zone', kind: 'zone', help: 'Days, weeks, drops and quiet hours go by this clock.' },
      { name: 'currency', label: 'Currency', kind: 'currency', help: 'Three letters: EUR. Prices and fees are in it.' },
    ],
  },
  {
    key: 'door',
    title: 'At the door',
    words: 'When somebody is in, and when they have missed it.',
    settings: [
      { name: 'scanOpensMinutes', label: 'Codes are accepted', kind: 'count', unit: 'minutes', min: 0, max: 1440, none: 'from the start', help: 'From so long before the start.' },
      { name: 'graceMinutes', label: 'Grace', kind: 'count', unit: 'minutes', min: 0, max: 120, none: 'none', help: 'So long after the start a code is still accepted. Then who has not come is a no-show.' },
    ],
  },
  {
    key: 'penalties',
    title: 'Strikes and fees',
    words: 'For members with unlimited access, who have no credit to lose when they cancel late or do not come.',
    settings: [
      { name: 'strikesOn', label: 'Strikes', kind: 'switch', help: 'A late cancellation or a no-show is a strike.' },
      { name: 'strikesMax', label: 'Strikes until a block', kind: 'count', unit: 'strikes', min: 1, max: 50, help: 'The last of them blocks new bookings. What is booked stands.', when: strikesAreOn },
      { name: 'strikeWindowDays', label: 'A strike counts for', kind: 'count', unit: 'days', min: 1, max: 730, help: 'Older ones are forgotten.', when: strikesAreOn },
      { name: 'blockDays', label: 'A block lasts', kind: 'count', unit: 'days', min: 1, max: 365, help: 'No new holds, waitlists or offers meanwhile.', when: strikesAreOn },
      { name: 'lateCancelFee', label: 'Fee for cancelling late', kind: 'money', max: 10_000_000, none: 'no fee', help: 'Owed beside the strike, or instead of it where strikes are off.' },
      { name: 'noShowFee', label: 'Fee for not coming', kind: 'money', max: 10_000_000, none: 'no fee', help: 'Owed beside the strike, or instead of it where strikes are off.' },
    ],
  },
  {
    key: 'expiry',
    title: 'Credits that expire',
    words: 'Members are told in time to use them.',
    settings: [
      { name: 'firstExpiryWarningDays', label: 'First warning', kind: 'count', unit: 'days', min: 1, max: 365, help: 'So long before the credits end.' },
      { name: 'lastExpiryWarningDays', label: 'Last warning', kind: 'count', unit: 'days', min: 1, max: 365, help: 'So long before the credits end.' },
    ],
  },
  {
    key: 'limits',
    title: 'Limits in one minute',
    words: 'So that no program crowds out people. Whoever asks for more is told to wait.',
    settings: [
      { name: 'holdsPerMinute', label: 'New holds', kind: 'count', unit: 'times', min: 1, max: 1_000_000, help: 'For each member.' },
      { name: 'requestsPerMinute', label: 'Requests', kind: 'count', unit: 'times', min: 10, max: 100_000_000, help: 'For each member, or each address where nobody is signed in.' },
      { name: 'failedSignInsPerAccountPerMinute', label: 'Failed sign-ins of one account', kind: 'count', unit: 'times', min: 1, max: 1_000_000, help: 'Against guessing a password.' },
      { name: 'failedSignInsPerAddressPerMinute', label: 'Failed sign-ins from one address', kind: 'count', unit: 'times', min: 1, max: 1_000_000, help: 'Against trying many accounts.' },
    ],
  },
]
