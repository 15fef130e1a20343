// Pictures of every page, both themes, phone and desktop, of a running demo studio: `npm run screenshots -- http://127.0.0.1:3000`.
import { mkdir } from 'node:fs/promises'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { Session } from '@fitflow/contract/sessions.ts'

const base = (process.argv[2] ?? 'http://127.0.0.1:3000').replace(/\/$/, '')
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }
const themes = ['light', 'dark'] as const
const folder = 'screenshots'
// Long enough for the page's one resource; nothing here is asserted on.
const settleMs = 900

type Visitor = 'nobody' | 'member1' | 'member35' | 'admin'
interface Shot {
  name: string
  path: string
  as: Visitor
}

async function signedIn(browser: Browser, as: Visitor, options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  if (as === 'nobody') return context
  const body = { email: `${as}@demo.fitflow.test`, password: 'fitflow-demo' }
  const answer = await context.request.post(`${base}/api/auth/sign-in/email`, { data: body, headers: { origin: base } })
  if (!answer.ok()) throw new Error(`${as} could not sign in: ${answer.status()}`)
  return context
}

const read = async <T>(context: BrowserContext, path: string): Promise<T[]> =>
  ((await (await context.request.get(`${base}/api/v1${path}`)).json()) as Page<T>).items

const under = (path: string, one: { id: string } | undefined): string | undefined => one && `${path}/${one.id}`

/** The pages that need an id get one out of what the studio has today; a state it does not have is left out. */
async function shotsOf(member: BrowserContext, staff: BrowserContext): Promise<Shot[]> {
  const sessions = await read<Session>(member, '/sessions?limit=200')
  const bookings = await read<{ id: string }>(member, '/bookings/me?scope=upcoming')
  const ahead = sessions.filter((session) => session.status === 'published')
  const shots: Shot[] = []
  const add = (name: string, path: string | undefined, as: Visitor): void => {
    if (path) shots.push({ name, path, as })
  }

  for (const door of ['sign-in', 'sign-up', 'forgot-password']) add(door, `/${door}`, 'nobody')
  add('browse-visitor', '/', 'nobody')
  add('browse', '/', 'member1')
  add('class-free', under('/class', ahead.find((one) => one.spotsLeft > 0 && !one.mine)), 'member1')
  add('class-full', under('/class', ahead.find((one) => one.spotsLeft === 0 && !one.mine)), 'member1')
  for (const mine of ['held', 'offered', 'waiting', 'booked']) add(`class-${mine}`, under('/class', ahead.find((one) => one.mine === mine)), 'member1')
  const last = ahead.at(-1)?.startsAt.slice(0, 10)
  const [far] = last ? await read<Session>(member, `/sessions?limit=1&from=${Temporal.PlainDate.from(last).add({ days: 21 })}`) : []
  add('class-not-open', under('/class', far), 'member1')
  add('one-to-one', '/one-to-one', 'member1')
  add('standing', '/bookings/standing', 'member1')
  add('standing-empty', '/bookings/standing', 'member35')
  for (const view of ['upcoming', 'waitlists', 'past']) add(`bookings-${view}`, `/bookings?view=${view}`, 'member1')
  add('bookings-empty', '/bookings', 'member35')
  add('booking', bookings[0] && `/bookings/${bookings[0].id}`, 'member1')
  add('credits', '/credits', 'member1')
  add('credits-empty', '/credits', 'member35')
  add('strikes', '/strikes', 'member1')
  add('me', '/me', 'member1')
  add('notifications', '/me/notifications', 'member1')
  add('messages', '/staff/messages', 'admin')
  add('not-found', '/nowhere', 'nobody')
  return [...shots, ...(await staffShots(staff, ahead))]
}

/** What the studio's own people see. */
async function staffShots(staff: BrowserContext, ahead: readonly Session[]): Promise<Shot[]> {
  const templates = await read<{ id: string }>(staff, '/admin/templates')
  const oneToOnes = await read<{ id: string }>(staff, '/admin/availabilities')
  const series = await read<{ id: string }>(staff, '/admin/series')
  const shots: Shot[] = []
  const add = (name: string, path: string | undefined): void => {
    if (path) shots.push({ name, path, as: 'admin' })
  }
  add('staff-sessions', '/staff')
  for (const view of ['week', 'day']) add(`staff-calendar-${view}`, `/staff/calendar?view=${view}`)
  add('staff-board', '/staff/board')
  add('staff-one-to-ones', '/staff/one-to-ones')
  add('staff-one-to-one', oneToOnes[0] && `/staff/one-to-ones/${oneToOnes[0].id}`)
  add('staff-series', '/staff/series')
  add('staff-one-series', series[0] && `/staff/series/${series[0].id}`)
  add('staff-new-series', '/staff/series/new')
  add('staff-closures', '/staff/closures')
  add('staff-new-closure', '/staff/closures/new')
  add('staff-session', under('/staff/sessions', ahead.find((one) => one.spotsLeft === 0) ?? ahead[0]))
  add('staff-new-session', templates[0] && `/staff/sessions/new?template=${templates[0].id}`)
  for (const place of ['templates', 'clients', 'people', 'settings', 'settings/changes']) add(`staff-${place.replace('/', '-')}`, `/staff/${place}`)
  const [missed] = await read<{ id: string }>(staff, '/admin/clients?blocked=true')
  add('staff-client', missed && `/staff/clients/${missed.id}`)
  add('staff-penalties', missed && `/staff/clients/${missed.id}/penalties`)
  add('staff-template', templates[0] && `/staff/templates/${templates[0].id}`)
  return shots
}

async function take(context: BrowserContext, shot: Shot, file: string): Promise<void> {
  const page = await context.newPage()
  const said: string[] = []
  page.on('pageerror', (error) => said.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') said.push(line.text())
  })
  await page.goto(base + shot.path)
  await page.waitForTimeout(settleMs)
  await page.screenshot({ path: file })
  const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  if (wider !== 0) said.push(`${String(wider)} px too wide`)
  for (const line of said) process.stdout.write(`${file}: ${line}\n`)
  await page.close()
}

async function takeAll(size: string, viewport: { width: number; height: number }, theme: 'light' | 'dark'): Promise<void> {
  const into = `${folder}/${size}-${theme}`
  await mkdir(into, { recursive: true })
  const look = { viewport, colorScheme: theme, timezoneId: 'Europe/Madrid', reducedMotion: 'reduce', serviceWorkers: 'block' } as const
  const phone = size === 'phone' ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}
  for (const as of new Set(shots.map((shot) => shot.as))) {
    const context = await signedIn(browser, as, { ...look, ...phone })
    for (const shot of shots.filter((one) => one.as === as)) await take(context, shot, `${into}/${shot.name}.png`)
    await context.close()
  }
}

const browser = await chromium.launch({
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
})
const shots = await shotsOf(await signedIn(browser, 'member1', {}), await signedIn(browser, 'admin', {}))
for (const [size, viewport] of Object.entries(sizes)) {
  for (const theme of themes) await takeAll(size, viewport, theme)
}
await browser.close()
process.stdout.write(`${shots.length * 4} pictures in ${folder}/\n`)
