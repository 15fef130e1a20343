// The settings of booking, holds, caps, cancelling and the waitlist, in words.
import type { SettingGroup, SettingValues } from './setting-kinds.ts'

const isRolling = ({ bookingOpensMode }: SettingValues) => bookingOpensMode === 'rolling'
const isByClock = ({ bookingOpensMode }: SettingValues) => bookingOpensMode === 'clock'

/** In the order of the page. */
export const bookingGroups: SettingGroup[] = [
  {
    key: 'booking',
    title: 'When booking opens and closes',
    words: 'A class can be booked from its opening until its close. Standing reservations are booked before it opens to all.',
    settings: [
      {
        ...{ name: 'bookingOpensMode', label: 'Booking opens', kind: 'choice', help: 'Class by class, or for all at one hour of the week: the drop.' },
        choices: [
          { value: 'rolling', label: 'Days before' },
          { value: 'clock', label: 'Once a week' },
        ],
      },
      { name: 'bookingOpensDays', label: 'Days before the class', kind: 'count', unit: 'days', min: 0, max: 365, help: 'To the minute: a class at 18:00 opens at 18:00.', when: isRolling },
      { name: 'bookingOpensWeekday', label: 'Day of the drop', kind: 'weekday', help: 'The day of the week on which booking opens.', when: isByClock },
      { name: 'bookingOpensTime', label: 'Hour of the drop', kind: 'time', help: 'By the studio’s clock.', when: isByClock },
      {
        ...{ name: 'bookingOpensLeadDays', label: 'At least this far ahead', kind: 'count', unit: 'days', min: 0, max: 90 },
        ...{ help: 'A class opens at the last drop that is at least so many days before it.', when: isByClock },
      },
      { name: 'bookingClosesMinutes', label: 'Booking closes', kind: 'count', unit: 'minutes', min: 0, max: 10_080, none: 'at the start', help: 'So long before the start nobody books any more.' },
      { name: 'standingLeadMinutes', label: 'Standing reservations go first by', kind: 'count', unit: 'minutes', min: 0, max: 10_080, none: 'not at all', help: 'They are booked so long before booking opens to everybody.' },
      { name: 'seriesHorizonWeeks', label: 'Classes are made ahead', kind: 'count', unit: 'weeks', min: 1, max: 52, help: 'How far ahead the classes of a series stand in the schedule.' },
    ],
  },
  {
    key: 'holds',
    title: 'Holds',
    words: 'A spot is kept for somebody while they decide and pay.',
    settings: [
      { name: 'holdSeconds', label: 'A hold lasts', kind: 'count', unit: 'seconds', min: 5, max: 3600, help: 'Then the spot is free again, or goes to the waitlist.' },
      { name: 'liveHoldsMax', label: 'Holds at once', kind: 'count', unit: 'holds', min: 1, max: 100, help: 'How many one member may have at the same time.' },
    ],
  },
  {
    key: 'caps',
    title: 'How much one member may book',
    words: 'So that everybody finds a place. Staff may book beyond it for a client.',
    settings: [
      { name: 'bookingsPerDayMax', label: 'In one day', kind: 'count', unit: 'spots', min: 0, max: 100, none: 'no cap', help: 'Bookings and holds for classes of one day of the studio.' },
      { name: 'bookingsPerWeekMax', label: 'In one week', kind: 'count', unit: 'spots', min: 0, max: 500, none: 'no cap', help: 'From Monday to Sunday.' },
      { name: 'bookingsUpcomingMax', label: 'Ahead at once', kind: 'count', unit: 'spots', min: 0, max: 1000, none: 'no cap', help: 'Everything that is booked or held and is not over.' },
    ],
  },
  {
    key: 'cancelling',
    title: 'Cancelling',
    words: 'Fixed for a booking at its hold: a change here touches only what is held from then on.',
    settings: [
      { name: 'fullReturnHours', label: 'Free until', kind: 'count', unit: 'hours', min: 0, max: 720, none: 'the start', help: 'More than so long before the start, everything comes back.' },
      { name: 'halfReturnHours', label: 'A part comes back until', kind: 'count', unit: 'hours', min: 0, max: 720, none: 'the start', help: 'From there to so long before the start, a part comes back. Later, nothing does.' },
      { name: 'halfReturnPercent', label: 'That part', kind: 'count', unit: 'percent', min: 0, max: 100, help: 'Of the credits or the money, rounded in the member’s favour.' },
    ],
  },
  {
    key: 'waitlist',
    title: 'Waitlist',
    words: 'Who waits gets a spot that comes free. Whether it is offered or booked at once is decided for each template.',
    settings: [
      { name: 'offerSeconds', label: 'An offer lasts', kind: 'count', unit: 'seconds', min: 5, max: 3600, help: 'Whoever lets it pass goes to the end of the list, once.' },
      { name: 'waitlistMax', label: 'May wait for one class', kind: 'count', unit: 'people', min: 0, max: 10_000, none: 'as many as like', help: 'Beyond that the list is full.' },
      { name: 'waitlistCutoffMinutes', label: 'Cutoff', kind: 'count', unit: 'minutes', min: 0, max: 10_080, none: 'the start', help: 'So long before the start a spot that comes free is no longer offered: it is anybody’s.' },
      { name: 'autoPromotionHours', label: 'Booked at once until', kind: 'count', unit: 'hours', min: 0, max: 720, none: 'the start', help: 'Where a template books at once: less than so long before the start it makes an offer instead.' },
      { name: 'promotionFreeCancelMinutes', label: 'Free to cancel after promotion', kind: 'count', unit: 'minutes', min: 0, max: 1440, none: 'no grace', help: 'Who came in from the waitlist cancels free for so long, whatever the hour.' },
      { name: 'lateJoinMinutes', label: 'Late joining', kind: 'count', unit: 'minutes', min: 0, max: 120, none: 'off', help: 'The spot of somebody who did not come is offered until so long after the start.' },
      { name: 'quietHoursStart', label: 'Quiet from', kind: 'time', help: 'By night an offer keeps its spot, and runs from the morning on. The same as the end: never quiet.' },
      { name: 'quietHoursEnd', label: 'Quiet until', kind: 'time', help: 'Before an early class offers run at night, too.' },
    ],
  },
]
