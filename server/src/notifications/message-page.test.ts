// A mail as staff look at it: all that its reader sees, in a page that runs, loads and sends nothing.
import type { StaffMessage } from '@fitflow/contract/notifications.ts'
import { afterAll, expect, test } from 'vitest'
import { readQr } from '../../test/browser/qr.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aServer } from '../../test/server.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const desk = await aFrontDesk(db)
const told = aTelling(db, desk.house.settings, ['email', 'push'])
afterAll(() => desk.house.settings.close())

const member = await aMember(db)
await aLot(db, member)
await desk.book(member, await aSession(db))
await told.hear()
const admin = await anAdmin(db)
const { items } = (await server.ask(admin, 'GET', `/api/v1/admin/messages?userId=${member.id}`)).json as { items: StaffMessage[] }
const pageOf = (channel: string) => server.ask(admin, 'GET', `/api/v1/admin/messages/${items.find(one => one.channel === channel)?.id}/page`)

test('the code is in the page itself, and can be read', async () => {
  const { text } = await pageOf('email')
  const [, png] = /src="data:image\/png;base64,([^"]+)"/.exec(text) ?? []
  const [row] = await told.rowsOf(member)
  expect(readQr(Buffer.from(png ?? '', 'base64'))).toBe(row?.facts['qrToken'])
  expect(text).not.toContain('cid:')
})

test('the page may be framed by our own only, and runs, loads and sends nothing', async () => {
  const { headers } = await pageOf('email')
  const policy = String(headers.get('content-security-policy')).split('; ')
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'img-src data:', "form-action 'none'", "frame-ancestors 'self'", 'sandbox']))
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
})

test('what is no mail has no page', async () => {
  expect((await pageOf('push')).problem).toMatchObject({ code: 'not-found' })
})
