// Every page for everybody: axe finds nothing in light or dark, on the phone or at a desk, and nothing is wider than 320 pixels allow.
import { AxeBuilder } from '@axe-core/playwright'
import type { Booking } from '@fitflow/contract/booking.ts'
import type { Client } from '@fitflow/contract/clients.ts'
import type { StaffMessage } from '@fitflow/contract/notifications.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import type { ClassTemplate, Mine, Session } from '@fitflow/contract/sessions.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { transact } from '../../src/platform/tx.ts'
import { changeSettings } from '../../src/schedule/change-settings.ts'
import { insertClosure } from '../../src/schedule/closures.ts'
import { aFrontDesk } from '../front-desk.ts'
import { aSeries } from '../series.ts'
import { aStandingStage } from '../standing.ts'
import { aLot, system } from '../world.ts'
import { changeItsHour, contradict, first, makeLonger } from './acts.ts'
import { aClass, dayAhead } from './classes.ts'
import { linkPages, withSignInMails } from './link-pages.ts'
import { press, type Shown } from './shown.ts'
import { aStudio, everySize, sizes, type Face } from './studio.ts'
import { told } from './told.ts'
import { webhookPages } from './webhook-pages.ts'

// With SMS, so that what is asked for it is looked at; nobody here has a number, and nothing is sent.
const twilio = { accountSid: `AC${'5'.repeat(32)}`, authToken: 'the token of a test', sender: { from: '+34911234567' }, apiBase: 'http://127.0.0.1:1' }
const { db, open, person } = await aStudio({ twilio })
const desk = await aFrontDesk(db)

const themes = ['light', 'dark'] as const
const narrowest = { width: 320, height: 640 }
const today = systemClock.now()

// Member 1 has a hold, too: the demo gives them everything else.
await desk.hold(await person('member1'), await aClass(db, { name: 'Rowing, held' }))

// And an offer that lasts as long as the tests do.
await transact(db, system, {}, tx => changeSettings(tx, { offerSeconds: 3600, waitlistCutoffMinutes: 60 }, () => undefined))
await transact(db, system, {}, tx => changeSettings(tx, { holdSeconds: 300, effectiveFrom: String(db.clock.now().add({ hours: 48 })) }, () => undefined))
const [handed, before] = [await aClass(db, { name: 'Rowing, on offer', daysAhead: 4 }), await person('member36')]
await aLot(db, before)
const { booking } = await desk.book(before, handed)
await desk.join(await person('member1'), handed)
await desk.cancel(before, booking)

// Something that repeats, with a day that falls out, and a class of it that is changed.
const closure = { from: today.add({ hours: 24 * 20 }), to: today.add({ hours: 24 * 21 }), reason: 'Public holiday', cancelled: 0 }
await transact(db, system, {}, tx => insertClosure(tx, closure))
const { series } = await aSeries(db, { rrule: 'FREQ=DAILY', wallTime: '05:00', template: { name: 'Rowing, every day' } })
await db.sql`update class_sessions set capacity_overridden = true, capacity = 3 where series_id = ${series.id} and starts_at < ${today.add({ hours: 72 })}`
// Somebody has a place in all of it for some days.
const standing = await aStandingStage(db, db.clock)
await standing.reserve(await person('member1'), { seriesId: series.id, until: dayAhead(db, 7).toString() })

const ofWebhooks = await webhookPages(db)

async function pagesOf(face: Face, page: Page): Promise<Shown[]> {
  if (face === 'admin') return staffPages(page)
  if (face === 'visitor') return visitorPages(page)
  return memberPages(page)
}

async function sessionsOf(page: Page): Promise<Session[]> {
  const { items } = await told<ListPage<Session>>(page, '/sessions?limit=200')
  return items.filter(one => one.status === 'published')
}

async function visitorPages(page: Page): Promise<Shown[]> {
  const sessions = await sessionsOf(page)
  const doors = ['sign-in', 'sign-up', 'forgot-password', 'setup?token=none', 'reset-password?token=none', 'unsubscribe', 'sign-in/link', 'confirm'].map(path => ({ name: path, path: `/${path}` }))
  return [
    ...doors,
    ...linkPages,
    { name: 'the schedule', path: '/' },
    { name: 'a schedule with nothing in it', path: '/?type=Nothing' },
    { name: 'a free class', path: `/class/${sessions.find(one => one.spotsLeft > 0)?.id}` },
    { name: 'a full class', path: `/class/${sessions.find(one => one.spotsLeft === 0)?.id}` },
    { name: 'no page', path: '/nowhere' },
  ]
}

async function memberPages(page: Page): Promise<Shown[]> {
  const sessions = await sessionsOf(page)
  const { items: bookings } = await told<ListPage<Booking>>(page, '/bookings/me?scope=upcoming')
  const { items: past } = await told<ListPage<Booking>>(page, '/bookings/me?scope=past')
  const mine: Mine[] = ['held', 'booked', 'waiting', 'offered']
  return [
    { name: 'the schedule', path: '/' },
    ...mine.map(state => ({ name: `a class that is ${state}`, path: `/class/${sessions.find(one => one.mine === state)?.id}` })),
    { name: 'bookings', path: '/bookings' },
    { name: 'a waitlist being left', path: `/class/${sessions.find(one => one.mine === 'waiting')?.id}`, after: press('Leave the waitlist') },
    { name: 'waitlists', path: '/bookings?view=waitlists' },
    { name: 'past bookings', path: '/bookings?view=past' },
    { name: 'a booking', path: `/bookings/${bookings[0]?.id}` },
    { name: 'a cancellation', path: `/bookings/${bookings[0]?.id}`, after: press('Cancel booking') },
    { name: 'a cancelled booking', path: `/bookings/${past.find(one => one.status === 'cancelled')?.id}` },
    { name: 'standing reservations', path: '/bookings/standing', after: page => page.getByText('Show all').click() },
    { name: 'a standing reservation being made', path: `/bookings/standing/new?series=${series.id}` },
    { name: 'a standing reservation being ended', path: '/bookings/standing', after: press('End it') },
    { name: 'credits', path: '/credits', after: page => page.locator('summary').first().click() },
    { name: 'one to one', path: '/one-to-one' },
    { name: 'strikes', path: '/strikes' },
    ...['me', 'me/keys', 'me/notifications', 'me/messages'].map(name => ({ name, path: `/${name}` })),
  ]
}

const emptyPages: Shown[] = ['/me/messages', '/bookings', '/bookings?view=waitlists', '/bookings?view=past', '/bookings/standing', '/credits', '/strikes'].map(path => ({ name: `${path} of a newcomer`, path }))

async function staffPages(page: Page): Promise<Shown[]> {
  const busy = (await sessionsOf(page)).find(one => one.spotsLeft === 0)
  const { items: templates } = await told<ListPage<ClassTemplate>>(page, '/admin/templates')
  const { items: oneToOnes } = await told<{ items: { id: string }[] }>(page, '/admin/availabilities')
  const session = `/staff/sessions/${busy?.id}`
  const { items: blocked } = await told<ListPage<Client>>(page, '/admin/clients?blocked=true')
  const client = `/staff/clients/${(await person('member1')).id}`
  const penalties = `/staff/clients/${blocked[0]?.id}/penalties`
  const { items: messages } = await told<ListPage<StaffMessage>>(page, '/admin/messages')
  const template = `/staff/templates/${templates[0]?.id}`
  return [
    { name: 'sessions', path: '/staff' },
    { name: 'the live board', path: '/staff/board' },
    ...['week', 'day'].map(view => ({ name: `the calendar of a ${view}`, path: `/staff/calendar?view=${view}` })),
    { name: 'a session', path: session },
    { name: 'a waitlist being paused', path: session, after: press('Pause the list') },
    { name: 'a client being added to a waitlist', path: session, after: press('Add a client') },
    { name: 'a session being moved', path: session, after: press('Reschedule') },
    { name: 'a client being booked', path: session, after: press('Book a client') },
    { name: 'a session being cancelled', path: session, after: press('Cancel class') },
    { name: 'a new session', path: `/staff/sessions/new?template=${templates[0]?.id}` },
    { name: 'templates', path: '/staff/templates' },
    { name: 'a template', path: template },
    { name: 'a template being given to its classes', path: template, after: makeLonger },
    { name: 'a template being archived', path: template, after: press('Archive') },
    { name: 'series', path: '/staff/series' },
    { name: 'stopped series', path: '/staff/series?show=stopped' },
    { name: 'a new series', path: '/staff/series/new' },
    { name: 'a series', path: `/staff/series/${series.id}` },
    { name: 'a series being changed', path: `/staff/series/${series.id}`, after: changeItsHour },
    { name: 'a series being stopped', path: `/staff/series/${series.id}`, after: press('Stop series') },
    { name: 'closures', path: '/staff/closures' },
    { name: 'a closure being lifted', path: '/staff/closures', after: page => page.getByRole('button', { name: /^Open again/ }).first().click() },
    { name: 'closing the studio', path: '/staff/closures/new' },
    { name: '1:1s', path: '/staff/one-to-ones' },
    { name: 'a client being booked into a 1:1', path: '/staff/one-to-ones', after: press('Book a client into Personal training') },
    { name: 'the times of a 1:1', path: `/staff/one-to-ones/${oneToOnes[0]?.id}`, after: press('Add time away') },
    { name: 'a new 1:1', path: '/staff/one-to-ones/new' },
    { name: 'who has a standing place in a series', path: `/staff/series/${series.id}`, after: page => page.locator('app-series-standing summary').click() },
    { name: 'clients', path: '/staff/clients' },
    { name: 'clients who are blocked', path: '/staff/clients?show=blocked' },
    { name: 'a client', path: client },
    { name: 'a standing place of a client', path: client, after: page => page.locator('app-client-standing summary').first().click() },
    { name: 'a client who is blocked', path: `/staff/clients/${blocked[0]?.id}` },
    { name: 'credits being given', path: client, after: press('Give credits') },
    { name: 'a lot being adjusted', path: client, after: first(/^Adjust/) },
    { name: 'a lot being extended', path: client, after: first(/^Extend/) },
    { name: 'a lot being frozen', path: client, after: first(/^Freeze/) },
    { name: 'credits being moved', path: client, after: first(/^Transfer/) },
    { name: 'a client’s booking being cancelled', path: client, after: first(/^Cancel .*,/) },
    { name: 'a class being chosen for a client', path: client, after: press('Book into a class') },
    { name: 'strikes of a client', path: penalties },
    { name: 'a strike being taken back', path: penalties, after: first(/^Take back/) },
    { name: 'people', path: '/staff/people' },
    { name: 'somebody being changed', path: '/staff/people', after: first(/^Change/) },
    ...ofWebhooks,
    { name: 'messages', path: '/staff/messages' },
    { name: 'messages of a demo with sign-in mails', path: '/staff/messages', after: withSignInMails },
    { name: 'messages of a kind that there is not', path: '/staff/messages?state=skipped' },
    { name: 'a message', path: `/staff/messages/${messages[0]?.id}` },
    { name: 'settings', path: '/staff/settings' },
    { name: 'settings that contradict each other', path: '/staff/settings', after: contradict },
    { name: 'changes of the settings', path: '/staff/settings/changes' },
    { name: 'a change being withdrawn', path: '/staff/settings/changes', after: page => page.getByRole('button', { name: /^Withdraw/ }).first().click() },
  ]
}

/** Shows the page as somebody sees it who has waited for it. */
async function show(page: Page, { path, after }: Shown): Promise<void> {
  await page.goto(path)
  await page.locator('h1').first().waitFor({ state: 'attached' })
  const waiting = page.locator('app-skeleton')
  await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(0)
  if (!after) return
  await after(page)
  await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(0)
}

const dialog = '[role="dialog"]'

/** The rules that look at colours: a theme changes nothing else. */
const ofColours = ['color-contrast', 'link-in-text-block']

async function axeFindings(page: Page, rules?: string[]): Promise<string[]> {
  // No frames: the legacy mode spares a second page for each look; and what passes need not be described.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false }).setLegacyMode(true)
  // What lies behind a dialog is looked at as a page of its own.
  if ((await page.locator(dialog).count()) > 0) axe.include(dialog)
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`))
}

// Colours on their way from one theme to the other belong to neither.
const settled = `Promise.allSettled(document.getAnimations()
  .filter(one => one.effect?.getComputedTiming().endTime !== Infinity).map(one => one.finished))`

/** On the phone and then at a desk, without asking for the page again. */
async function findingsOn(page: Page, shown: Shown): Promise<string[]> {
  const found: string[] = []
  await page.setViewportSize(sizes.phone.viewport)
  await show(page, shown)
  for (const size of everySize) {
    await page.setViewportSize(sizes[size].viewport)
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate(settled)
      found.push(...(await axeFindings(page, colorScheme === 'light' ? undefined : ofColours)).map(what => `${shown.name}, ${size}, ${colorScheme}: ${what}`))
    }
    if (size === 'phone') await page.setViewportSize(narrowest)
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    if (wider > 0) found.push(`${shown.name}, ${size}: ${wider} px too wide`)
  }
  return found
}

const faces: Face[] = ['visitor', 'member1', 'member35', 'admin']

// Some have so many pages that one test would last too long: each part has every so-manieth.
const parts: Record<string, number> = { visitor: 2, member1: 3, member35: 1, admin: 8 }
const looks = faces.flatMap(face => Array.from({ length: parts[face] ?? 1 }, (_, at) => ({ face, part: at + 1 })))

test.each(looks)('every page of $face is for everybody, on the phone and on the desktop (part $part)', async ({ face, part }) => {
  const page = await open(face, 'desktop')
  const all = face === 'member35' ? emptyPages : await pagesOf(face, page)
  const shown = all.filter((_, at) => at % (parts[face] ?? 1) === part - 1)
  expect(shown.filter(({ path }) => path.includes('undefined')).map(({ name }) => name), 'what the demo does not have').toEqual([])
  const found: string[] = []
  for (const one of shown) found.push(...(await findingsOn(page, one)))
  expect(found).toEqual([])
})
