// The messages in English.
import type { Words } from './words.ts'

const lost = {
  booking: 'Your spot is gone with it.',
  hold: 'The spot you were holding is gone with it.',
  offer: 'The offer you had is gone with it.',
  waiting: 'You no longer wait for it.',
}

const staysEnded = {
  booking: 'Your booking stays cancelled.',
  hold: 'The spot you were holding is no longer kept.',
  offer: 'The offer you had is no longer kept.',
  waiting: 'You are no longer on its waitlist.',
}

const skipped: Record<string, string> = {
  'insufficient-credits': 'You had nothing that pays for it.',
  'session-full': 'It was full, and you chose not to wait.',
  'waitlist-full': 'It was full, and so was its waitlist.',
  'waitlist-closed': 'It was full, and its waitlist took nobody.',
  'member-blocked': 'You could not book just then.',
  'too-many-bookings': 'You had as many classes as one member may.',
  'own-class': 'You teach this class yourself.',
  'teaching-then': 'You teach another class at that time.',
  'overlapping-booking': 'You had something else at that time.',
  'already-booked': 'You had booked it already.',
  'booking-closed': 'Booking had closed before its turn came.',
}

const unheard = {
  failing: (host: string) => `${host} has taken nothing of what was sent to it for days.`,
  gone: (host: string) => `${host} answered that there is nobody there any more (410).`,
}

const inTheWay = {
  booked: 'another class of yours is booked',
  held: 'you hold a spot in another class',
  taught: 'you teach another class',
  other: 'you have something else',
}

const hours = (count: number): string => (count === 1 ? '1 hour' : `${count} hours`)

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

export const english: Words = {
  locale: 'en-GB',
  say: {
    'booking-confirmed': s => ({
      subject: `You're in: ${s.name}, ${s.brief}`,
      label: 'Booked',
      headline: "You're in.",
      lead: `Your spot in ${s.name} is booked. See you on ${s.day} at ${s.time}.`,
      short: `Booked: ${s.name}, ${s.brief}.`,
    }),
    'waitlist-booked': s => ({
      subject: `A spot came free and you're in: ${s.name}, ${s.brief}`,
      label: 'Booked from the waitlist',
      headline: "You're in.",
      lead: `A spot came free in ${s.name}, and you were next. It is booked for you.`,
      short: `A spot came free: you're booked for ${s.name}, ${s.brief}.`,
    }),
    'booking-cancelled': (s, { byStudio, movedOnto }) => ({
      subject: `Cancelled: ${s.name}, ${s.brief}`,
      label: 'Cancelled',
      headline: 'Your booking is cancelled.',
      lead:
        movedOnto !== null
          ? `The studio moved ${s.name} to a time at which ${inTheWay[movedOnto]}, so your booking is cancelled. This is when it was:`
          : byStudio
            ? `The studio cancelled your booking of ${s.name}.`
            : `You are no longer booked for ${s.name}.`,
      short: `Your booking is cancelled: ${s.name}, ${s.brief}.`,
    }),
    'session-cancelled': (s, { had }) => ({
      subject: `The class is off: ${s.name}, ${s.brief}`,
      label: 'Called off',
      headline: 'This class will not take place.',
      lead: `We are sorry: ${s.name} is called off. ${lost[had]}`,
      short: `Called off: ${s.name}, ${s.brief}. Sorry!`,
    }),
    'session-on-again': (s, { had }) => ({
      subject: `It takes place after all: ${s.name}, ${s.brief}`,
      label: 'On again',
      headline: 'This class takes place after all.',
      lead: `${s.name} had been called off, and now takes place. ${staysEnded[had]} If you want to come, please book again.`,
      short: `On after all: ${s.name}, ${s.brief}. To come, please book again.`,
    }),
    'session-changed': (s, { had, substitute }) => ({
      subject: substitute === null ? `Changed: ${s.name}, now ${s.brief}` : `Now with ${substitute}: ${s.name}, ${s.brief}`,
      label: 'Changed',
      headline: 'Your class has changed.',
      lead: had === 'booking' ? 'Your spot moves along. This is how the class is now.' : 'This is how the class is now.',
      short: substitute === null ? `Changed: ${s.name} is now ${s.brief}.` : `Changed: ${s.name}, ${s.brief}, now with ${substitute}.`,
    }),
    'reminder-day': s => ({
      subject: `Coming up: ${s.name}, ${s.brief}`,
      label: 'Coming up',
      headline: `See you at ${s.time}.`,
      lead: `${s.name} is on ${s.day} at ${s.time}, and your spot is waiting.`,
      short: `Coming up: ${s.name}, ${s.brief}.`,
    }),
    'reminder-hour': s => ({
      subject: `Soon: ${s.name} at ${s.time}`,
      label: 'Starting soon',
      headline: `${s.time}: nearly time.`,
      lead: `${s.name} starts at ${s.time}. Have your code ready at the door.`,
      short: `Starting soon: ${s.name} at ${s.time}.`,
    }),
    'waitlist-offer': (s, { until }) => ({
      subject: `A spot is yours until ${until}: ${s.name}, ${s.brief}`,
      label: 'A spot for you',
      headline: `Yours until ${until}.`,
      lead: `A spot came free in ${s.name}. We are holding it for you until ${until}; then it goes to the next in line.`,
      short: `A spot came free: ${s.name}, ${s.brief}. Held for you until ${until}.`,
    }),
    'no-show': s => ({
      subject: `We missed you: ${s.name}, ${s.brief}`,
      label: 'Missed',
      headline: 'We missed you.',
      lead: `You were booked for ${s.name} and nobody saw you come. Were you there? Tell the front desk, and they will put it right.`,
      short: `We missed you: ${s.name}, ${s.brief}.`,
    }),
    'credit-expiring': (_, { amount, days: left, until }) => ({
      subject: `${amount} to use until ${until}`,
      label: 'Expires soon',
      headline: `${amount} left, and ${days(left)} to go.`,
      lead: `What is left can be used until ${until}. After that it expires.`,
      short: `${amount} left to use until ${until}.`,
    }),
    'block-began': (_, { until }) => ({
      subject: `Booking is paused until ${until}`,
      label: 'Booking paused',
      headline: 'You cannot book for a while.',
      lead: `There were too many late cancellations or missed classes. You can book again from ${until}. What you have booked already stays booked.`,
      short: `Booking is paused until ${until}. What is booked stays booked.`,
    }),
    'block-ended': (_, { until }) => ({
      subject: 'You can book again',
      label: 'Booking open again',
      headline: 'You can book again.',
      lead: `Something that was held against you was taken back, so booking is no longer paused until ${until}.`,
      short: `You can book again: it is no longer paused until ${until}.`,
    }),
    'webhook-paused': (_, { host, cause }) => ({
      subject: `A webhook was stopped: ${host}`,
      label: 'Webhook stopped',
      headline: 'One of your systems no longer hears of anything.',
      lead: `${unheard[cause](host)} So nothing more is sent there. What happens meanwhile waits for it, 30 days at most: mend the receiver, then let the webhook go on.`,
      short: `A webhook was stopped: ${host} takes nothing. What happens meanwhile waits for it.`,
    }),
    'standing-decided': (s, { outcome, reason }) =>
      ({
        booked: {
          subject: `Booked as always: ${s.name}, ${s.brief}`,
          label: 'Standing reservation',
          headline: "You're in, as always.",
          lead: `Your standing reservation booked ${s.name} for you.`,
          short: `Booked as always: ${s.name}, ${s.brief}.`,
        },
        waitlisted: {
          subject: `On the waitlist: ${s.name}, ${s.brief}`,
          label: 'Standing reservation',
          headline: 'It was full: you are waiting.',
          lead: `${s.name} was full when your turn came, so you are on its waitlist. We tell you as soon as a spot comes free.`,
          short: `On the waitlist: ${s.name}, ${s.brief}.`,
        },
        skipped: {
          subject: `Not booked this time: ${s.name}, ${s.brief}`,
          label: 'Standing reservation',
          headline: 'Not booked this time.',
          lead: `Your standing reservation could not book ${s.name}. ${skipped[reason ?? ''] ?? 'Your reservations say why.'}`,
          short: `Not booked this time: ${s.name}, ${s.brief}.`,
        },
      })[outcome],
  },
  letters: {
    'password-reset': {
      subject: 'Set a new password',
      label: 'Your password',
      headline: 'Set a new password.',
      lead: 'Choose one on the page below. The link works once, for an hour.',
      button: 'Set a new password',
    },
    'email-verification': {
      subject: 'Confirm your address',
      label: 'Your address',
      headline: 'Is this your address?',
      lead: 'Confirm it below, so that what we send reaches you. The link works for an hour.',
      button: 'Confirm my address',
    },
    'magic-link': {
      subject: 'Sign in',
      label: 'Sign in',
      headline: 'Here is your way in.',
      lead: 'The link below signs you in, without a password. It works once, for five minutes.',
      button: 'Sign in',
    },
  },
  notAsked: 'You did not ask for this? Then ignore it: nothing happens without the link.',
  hello: name => `Hello ${name},`,
  with: trainer => `with ${trainer}`,
  until: time => `until ${time}`,
  credits: (amount, isOne) => `${amount} ${isOne ? 'credit' : 'credits'}`,
  used: credits => `${credits} used.`,
  returned: credits => `${credits} returned to you.`,
  kept: credits => `${credits} not returned.`,
  costs: credits => `It costs ${credits}.`,
  cancelFree: moment => `Cancel free until ${moment}.`,
  cancelFreeAgain: moment => `If it no longer suits you, cancel free until ${moment}.`,
  strike: (counting, max) => `This is strike ${counting} of ${max}.`,
  fee: amount => `A fee of ${amount} is due.`,
  cancelledLate: count => `Cancelled less than ${hours(count)} before the start.`,
  cancelledPartly: (count, percent) => `Cancelled ${hours(count)} or less before the start: ${percent}% comes back.`,
  reason: text => `The studio says: “${text}”`,
  changed: { time: 'Time', trainer: 'Trainer', name: 'Class', nobody: 'not yet known', was: 'was' },
  qr: 'Show this at the door.',
  qrAlt: name => `Your code for ${name}`,
  calendarFile: 'class.ics',
  buttons: {
    booking: 'Open your booking',
    class: 'See the class',
    again: 'See it and book again',
    offer: 'See the offer',
    credits: 'See your credits',
    strikes: 'See why',
    standing: 'See your reservations',
    browse: 'Find another class',
    webhook: 'Open the webhook',
  },
  why: studio => `${studio} sends you this because you have an account there.`,
  preferences: 'Choose what you are told',
  unsubscribe: 'No more of these',
}
