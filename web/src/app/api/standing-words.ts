// What became of a standing reservation in one class, in a word, a tone and a sentence; to its member, or of them to staff.
import type { Standing, StandingOccurrence } from '@fitflow/contract/standing.ts'
import { counted } from './amounts.ts'
import type { WayOn } from './problem-words.ts'

export type Voice = 'you' | 'they'

export interface StandingSaid {
  tag: string
  tone: '' | 'good' | 'few' | 'held' | 'bad'
  words: string
  way?: WayOn
}

type Pair = Record<Voice, string>

/** Why a class was skipped, by the code of the no. What is not here is told in the server's own sentence. */
const why: Record<string, Pair> = {
  'insufficient-credits': { you: 'You had nothing that pays for it then.', they: 'They had nothing that pays for it then.' },
  'session-full': { you: 'It was full, and you do not wait where it is full.', they: 'It was full, and they do not wait where it is full.' },
  'waitlist-full': { you: 'It was full, and so was its waitlist.', they: 'It was full, and so was its waitlist.' },
  'waitlist-closed': { you: 'It was full, and its waitlist took nobody.', they: 'It was full, and its waitlist took nobody.' },
  'member-blocked': { you: 'You could not book just then, after too many late cancellations or missed classes.', they: 'They were blocked from booking just then.' },
  'too-many-bookings': { you: 'You had as many classes as one member may.', they: 'They had as many classes as one member may.' },
  'own-class': { you: 'You taught this class yourself.', they: 'They taught this class themselves.' },
  'teaching-then': { you: 'You taught another class at that time.', they: 'They taught another class at that time.' },
  'overlapping-booking': { you: 'You had another class at that time.', they: 'They had another class at that time.' },
  'already-booked': { you: 'You had booked it yourself.', they: 'They had booked it themselves.' },
  'booking-closed': { you: 'Booking had closed before its turn came.', they: 'Booking had closed before its turn came.' },
}

const ways: Record<string, WayOn> = {
  'insufficient-credits': { label: 'My credits', link: '/credits' },
  'member-blocked': { label: 'Why', link: '/strikes' },
}

/** The reason alone. */
function skippedWords({ reason, sentence }: Pick<StandingOccurrence, 'reason' | 'sentence'>, voice: Voice): string {
  return why[reason ?? '']?.[voice] ?? sentence ?? ''
}

const who = (voice: Voice, you: string, they: string): string => (voice === 'you' ? you : they)

/** `moment` says an instant as the studio does. */
export function standingSaid(one: StandingOccurrence, of: { atMs: number; voice: Voice; moment: (iso: string) => string }): StandingSaid {
  const { voice } = of
  switch (one.state) {
    case 'coming':
      return Date.parse(one.decidesAt) <= of.atMs
        ? { tag: 'Now', tone: 'held', words: 'Being booked.' }
        : { tag: 'To come', tone: '', words: `Books itself ${of.moment(one.decidesAt)}.` }
    case 'booked':
      return booked(one, voice)
    case 'attended':
      return { tag: 'Attended', tone: 'good', words: who(voice, 'You were there.', 'They were there.') }
    case 'no-show':
      return { tag: 'Missed', tone: 'bad', words: who(voice, 'Booked, and you did not come.', 'Booked, and they did not come.') }
    case 'waiting':
      return { tag: 'Waitlist', tone: 'few', words: who(voice, 'It was full: you wait, and are told when a spot comes free.', 'It was full: they wait.') }
    case 'offered':
      return { tag: 'A spot is offered', tone: 'held', words: who(voice, 'A spot came free and is held for you: decide now.', 'A spot came free and is held for them.') }
    case 'missed':
      return { tag: 'Did not get in', tone: '', words: who(voice, 'It was full, and no spot came free for you.', 'It was full, and no spot came free for them.') }
    case 'cancelled':
      return { tag: 'Cancelled', tone: '', words: who(voice, 'You cancelled it. It is not booked again.', 'It was cancelled, and is not booked again.') }
    case 'called-off':
      return { tag: 'Called off', tone: 'few', words: who(voice, 'The studio cancelled this class. Whatever you paid came back.', 'The class was cancelled.') }
    case 'skipped':
      return skipped(one, voice)
  }
}

function booked(one: StandingOccurrence, voice: Voice): StandingSaid {
  if (one.outcome === 'waitlisted') return { tag: 'Got in', tone: 'good', words: who(voice, 'It was full at first: you got in from the waitlist.', 'Full at first: they got in from the waitlist.') }
  if (one.outcome === 'booked') return { tag: 'Booked', tone: 'good', words: who(voice, one.sentence ?? '', 'Booked in its turn.') }
  return { tag: 'Booked', tone: 'good', words: who(voice, 'You booked it yourself.', 'Booked by hand.') }
}

function skipped(one: StandingOccurrence, voice: Voice): StandingSaid {
  // Its turn never came: the studio's booking was still shut, or it was made when the class had begun.
  if (one.outcome === null) return { tag: 'Not booked', tone: '', words: 'It began before its turn had come.' }
  const way = voice === 'you' ? ways[one.reason ?? ''] : undefined
  return { tag: 'Skipped', tone: 'bad', words: skippedWords(one, voice), ...(way ? { way } : {}) }
}

/** From when until when: "Until Tue 9 Mar.", "From Wed 6 Jan, until you end it." `day` says a day as the studio does. */
export function spanWords({ startsOn, endsOn, endedAt }: Pick<Standing, 'startsOn' | 'endsOn' | 'endedAt'>, of: { today: string; day: (day: string) => string; voice: Voice }): string {
  if (endedAt) return `Ended ${of.day(endedAt.slice(0, 10))}.`
  const from = startsOn > of.today ? `From ${of.day(startsOn)}` : ''
  if (endsOn) return `${from ? `${from} until` : 'Until'} ${of.day(endsOn)}.`
  return `${from ? `${from}, until` : 'Until'} ${who(of.voice, 'you end it', 'it is ended')}.`
}

/** "10-class pack pays first."; nothing where the usual order of spending pays. */
export function payerWords({ paysFirst }: Pick<Standing, 'paysFirst'>): string {
  return paysFirst ? `${paysFirst.name} pays first.` : ''
}

/** What is ahead, counted: "3 booked, 1 waiting, 1 skipped". */
export function summaryWords(coming: readonly Pick<StandingOccurrence, 'state'>[]): string {
  const count = (...states: StandingOccurrence['state'][]): number => coming.filter((one) => states.includes(one.state)).length
  const [booked, waiting, skipped] = [count('booked'), count('waiting', 'offered'), count('skipped', 'missed')]
  const parts = [booked > 0 ? `${booked} booked` : '', waiting > 0 ? `${waiting} waiting` : '', skipped > 0 ? `${skipped} skipped` : ''].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : `${counted(coming.length, 'class', 'classes')} to come`
}
