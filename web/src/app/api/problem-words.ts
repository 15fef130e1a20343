// What the house says to each no, and the way on from it: the server's own words win, these stand where it is terse.
import type { Problem, RefusalCode } from './http.ts'

export interface WayOn {
  label: string
  link: string
}

interface Words {
  title?: string
  detail?: string
  way?: WayOn
}

const signIn: WayOn = { label: 'Sign in', link: '/sign-in' }
const browse: WayOn = { label: 'Browse classes', link: '/' }
const bookings: WayOn = { label: 'My bookings', link: '/bookings' }
const slots: WayOn = { label: 'See the open times', link: '/one-to-one' }
const closures: WayOn = { label: 'See the closures', link: '/staff/closures' }
const credits: WayOn = { label: 'My credits', link: '/credits' }

const said: Partial<Record<RefusalCode, Words>> = {
  unauthenticated: { title: 'Please sign in', detail: 'You have been signed out. Sign in to go on.', way: signIn },
  forbidden: { title: 'This is not for your account', way: browse },
  'not-found': { title: 'There is nothing here', detail: 'It may have been removed, or the link is not quite right.', way: browse },
  'booking-not-open': { way: browse },
  'booking-closed': { way: browse },
  'session-not-bookable': { way: browse },
  'own-class': { way: { label: 'To my classes', link: '/staff' } },
  'teaching-then': { way: browse },
  'overlapping-booking': { way: bookings },
  'already-booked': { way: bookings },
  'already-reserved': { way: { label: 'Standing reservations', link: '/bookings/standing' } },
  'too-many-holds': { way: bookings },
  'too-many-bookings': { way: bookings },
  'slot-not-open': { way: slots },
  'studio-closed': { way: closures },
  'member-blocked': { way: { label: 'Why', link: '/strikes' } },
  'insufficient-credits': { way: credits },
  'waitlist-closed': { way: browse },
  'waitlist-full': { way: browse },
  'hold-expired': { title: 'The hold ran out' },
  'hold-not-active': { title: 'This hold is over' },
  'rate-limited': { title: 'A little too fast', detail: 'Wait a moment, then try again.' },
  overloaded: { title: 'Very busy right now', detail: 'Nothing was lost. Try again in a moment.' },
  'request-in-progress': { title: 'Still working on it', detail: 'Your first request is still running. Try again in a moment.' },
  'internal-error': { title: 'Something went wrong on our side', detail: 'Nothing was changed on yours. Try again in a moment.' },
  'precondition-failed': { title: 'Somebody changed this meanwhile', detail: 'Reload the page to see how it stands.' },
}

const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`)

/** Where a page of the staff goes back to, by the second part of its address. */
const staffPlaces: Record<string, string> = {
  calendar: 'Calendar',
  templates: 'All templates',
  series: 'All series',
  closures: 'All closures',
  'one-to-ones': 'All 1:1s',
  clients: 'All clients',
  people: 'Users and roles',
  webhooks: 'All webhooks',
  messages: 'All messages',
}

/** Staff at their desk have no use for a member's pages: the way on is the list that the page belongs to. */
function staffWay(code: RefusalCode, url: string): WayOn | undefined {
  if (code === 'unauthenticated') return signIn
  if (code !== 'not-found' && code !== 'forbidden') return said[code]?.way?.link.startsWith('/staff/') ? said[code].way : undefined
  const [, , place = ''] = url.split(/[/?#]/)
  const label = staffPlaces[place]
  const isList = url === `/staff/${place}`
  return label && !isList ? { label, link: `/staff/${place}` } : { label: 'All sessions', link: '/staff' }
}

/** `body/times/0/startsAt` as people call it: "Starts at". */
function fieldOf(path: string): string {
  const name = path.split('/').findLast(part => !/^\d*$/.test(part)) ?? ''
  const words = name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return words === 'body' ? 'It' : words.charAt(0).toUpperCase() + words.slice(1)
}

/** A link that was cut or mistyped: what it names cannot be anything, and asking again does not change that. */
export const isMangledLink = ({ code, errors }: Pick<Problem, 'code' | 'errors'>): boolean => code === 'invalid-request' && errors[0]?.path.startsWith('path/') === true

/** Title, detail and way on for a problem, ready to be shown on the page at `url`. */
export function wordsFor(refused: Problem, url = '/'): { title: string; detail: string; way: WayOn | undefined } {
  const problem: Problem = isMangledLink(refused) ? { ...refused, code: 'not-found', detail: '', errors: [] } : refused
  const words = said[problem.code] ?? {}
  const title = words.title ?? problem.title
  const first = problem.errors[0]
  const detail = first ? `${problem.detail} ${fieldOf(first.path)} ${first.message}`.trim() : problem.detail || words.detail || ''
  const way = /^\/staff(?![^/?#])/.test(url) ? staffWay(problem.code, url) : words.way
  return { title, detail: detail === title ? '' : sentence(detail), way }
}
