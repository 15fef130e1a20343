// The stage of the browser tests: a demo studio by real time, its server and worker, and browsers that people use it with.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '@fitflow/contract/identity.ts'
import { chromium as playwright, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import { chromium, provide } from '../../../tools/programs.ts'
import type { Config } from '../../src/config.ts'
import { seedDemo } from '../../src/demo/seed-demo.ts'
import { demoAddress, demoPassword } from '../../src/demo/sign-ins.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase, type Database } from '../../src/platform/db.ts'
import { newTraceId } from '../../src/platform/trace.ts'
import { transact } from '../../src/platform/tx.ts'
import { changeSettings } from '../../src/schedule/change-settings.ts'
import { webDirectory } from '../../src/web-build.ts'
import { startWorker } from '../../src/worker.ts'
import { aDatabase } from '../database.ts'
import { freePort } from '../fleet.ts'
import { aServer, type TestServer } from '../server.ts'
import { system, type Person } from '../world.ts'
import { watch } from './watch.ts'

export const sizes = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 800 } },
} as const satisfies Record<string, BrowserContextOptions>

export type Size = keyof typeof sizes
export const everySize = Object.keys(sizes) as Size[]

type Account = 'admin' | 'alex' | `member${number}`
/** Who sits before the browser: a demo account, or somebody who is not signed in. */
export type Face = Account | 'visitor'

export interface Studio {
  db: Database
  server: TestServer
  /** A demo account, as the use cases know people. */
  person(account: Account): Promise<Person>
  /** A page in a browser of somebody's own; they come in by the sign-in form, once in each test file. */
  open(face: Face, size: Size, look?: BrowserContextOptions): Promise<Page>
}

// Members see the studio's wall time as their own, and what moves would only be in a test's way.
const usual = { timezoneId: 'Europe/Madrid', locale: 'en-GB', reducedMotion: 'reduce', serviceWorkers: 'block' } as const
// Other tests may have the machine; what has not come by then does not come.
const patienceMs = 20_000

/** Call it at the top of a test file; `config` is what this studio has beside the usual. After each test every browser is closed, and none may have complained. */
export async function aStudio(config: Partial<Config> = {}): Promise<Studio> {
  if (!existsSync(join(webDirectory, 'index.html'))) throw new Error('The web app is not built: `npm test` does that first.')
  const { db: byHand, url } = await aDatabase({ startsAt: systemClock.now() })
  const db = openDatabase({ url, clock: systemClock, log: byHand.log })
  afterAll(() => db.close())
  await seedDemo(db, system)
  // The tests run at any hour: an offer lasts as long by night as by day.
  await transact(db, system, {}, tx => changeSettings(tx, { quietHoursStart: '22:00', quietHoursEnd: '22:00' }, () => undefined))
  const port = await freePort()
  const server = await aServer(db, { config: { port, publicUrl: `http://127.0.0.1:${port}`, webhooksToLoopback: true, ...config } })
  const worker = await startWorker(server.house)
  afterAll(() => worker.stop())
  const newContext = await browsers(server.url)
  const states = new Map<Face, Promise<BrowserContextOptions>>([['visitor', Promise.resolve({})]])
  return {
    db,
    server,
    person: account => personOf(db, account),
    async open(face, size, look) {
      const state = states.get(face) ?? signIn(newContext, face)
      states.set(face, state)
      return (await newContext({ ...sizes[size], ...(await state), ...look })).newPage()
    },
  }
}

type NewContext = (look: BrowserContextOptions) => Promise<BrowserContext>

async function browsers(baseURL: string): Promise<NewContext> {
  const browser = await launch()
  const open: BrowserContext[] = []
  const troubles: string[] = []
  afterAll(() => browser.close())
  afterEach(async ({ task }) => {
    const pages = open.flatMap(context => context.pages())
    if (task.result?.state === 'fail') await Promise.all(pages.map((page, at) => page.screenshot({ path: pictureOf(task.name, at) })))
    for (const context of open.splice(0)) await context.close()
    expect(troubles.splice(0), 'what the browser complained about').toEqual([])
  })
  return async look => {
    const context = await browser.newContext({ baseURL, ...usual, ...look })
    context.setDefaultTimeout(patienceMs)
    watch(context, troubles)
    open.push(context)
    return context
  }
}

/** Where a page that a test failed on can be looked at. */
const pictureOf = (test: string, at: number) => join(webDirectory, `../../../screenshots/failed/${test.replaceAll(/\W+/g, '-')}-${at}.png`)

function launch(): Promise<Browser> {
  return playwright.launch({
    executablePath: provide(chromium),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  })
}

/** As a person does it; what the browser keeps of it then signs in every page of theirs. */
async function signIn(newContext: NewContext, face: Face): Promise<BrowserContextOptions> {
  const context = await newContext(sizes.phone)
  const page = await context.newPage()
  await page.goto('/sign-in')
  await fillInSignIn(page, face)
  await page.waitForURL(address => !address.pathname.startsWith('/sign-in'))
  const storageState = await context.storageState()
  await context.close()
  return { storageState }
}

/** Fills in the form of the sign-in page and sends it. */
export async function fillInSignIn(page: Page, face: Face): Promise<void> {
  await page.getByLabel('E-mail').fill(demoAddress(face))
  await page.getByLabel('Password').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function personOf({ sql }: Database, account: Account): Promise<Person> {
  const [found] = await sql<(Pick<Person, 'id' | 'name' | 'email'> & { role: Role })[]>`
    select id, display_name as name, email, role from users where email = ${demoAddress(account)}`
  if (!found) throw new Error(`the demo has no ${account}`)
  const { role, ...person } = found
  return { ...person, context: { actor: { userId: person.id, role, via: 'session' }, traceId: newTraceId() } }
}
