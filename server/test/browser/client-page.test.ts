// A client's own page, at the desk and on the phone: what pays for them is given, corrected, rested and moved; they are booked, let go and found waiting.
import type { ClientHold } from '@fitflow/contract/clients.ts'
import type { CreditTransaction, MyMemberships } from '@fitflow/contract/credits.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aLot, aMember } from '../world.ts'
import { aClass } from './classes.ts'
import { aStudio, everySize } from './studio.ts'
import { told } from './told.ts'

const { db, open, person } = await aStudio()
const desk = await aFrontDesk(db)

const dialog = (page: Page) => page.getByRole('dialog')
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const inDialog = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click()
const say = (page: Page, label: string, words: string) => dialog(page).getByLabel(label, { exact: true }).fill(words)
const lots = (page: Page, id: string) => told<MyMemberships>(page, `/admin/clients/${id}/memberships`)
const ledger = async (page: Page, id: string) => (await told<{ items: CreditTransaction[] }>(page, `/admin/clients/${id}/transactions`)).items

const given = 'Complimentary credits'

async function give(page: Page, credits: string, reason: string): Promise<void> {
  await press(page, 'Give credits')
  await say(page, 'Credits', credits)
  await say(page, 'Reason', reason)
  await inDialog(page, 'Give')
}

test.each(everySize)('on the %s credits are given and corrected, and the receipt of each says why', async size => {
  const client = await aMember(db, `Lotte ${size}`)
  const page = await open('admin', size)
  await page.goto(`/staff/clients?search=${client.email}`)
  await page.getByRole('link', { name: client.name }).click()
  await page.getByText('Nothing pays for a class right now.', { exact: false }).waitFor()
  await give(page, '5', 'A gift to begin with')
  await page.getByText(`${client.name} has 5 credits more.`).waitFor()
  await press(page, `Adjust ${given}`)
  await inDialog(page, 'Take out')
  await say(page, 'Credits', '6')
  await dialog(page).getByText('There are only 5 in it.').waitFor()
  await say(page, 'Credits', '2')
  await dialog(page).getByText('Then 3 are in it.').waitFor()
  await say(page, 'Reason', 'Counted wrong')
  // A slip beside the dialog loses nothing that was typed.
  await page.keyboard.press('Escape')
  expect(await dialog(page).getByLabel('Reason', { exact: true }).inputValue()).toBe('Counted wrong')
  await dialog(page).getByRole('button', { name: 'Take out', exact: true }).last().click()
  await page.getByText(`2 credits taken out of ${given} of ${client.name}.`).waitFor()
  expect((await lots(page, client.id)).creditsBalance).toBe(3)
  await page.locator('app-ledger-line').first().getByText('Corrected').click()
  await page.getByText('Took out 2 credits: Counted wrong.', { exact: true }).waitFor()

  await give(page, '7', 'Another one')
  await page.getByText(`${client.name} has 7 credits more.`).waitFor()
  await press(page, `History of ${given}, 7 left`)
  await page.getByRole('heading', { name: `Every move of ${given}, and why` }).waitFor()
  await expect.poll(() => page.locator('app-ledger-line').count()).toBe(1)
  await press(page, 'Show all lots')
  await expect.poll(() => page.locator('app-ledger-line').count()).toBe(3)
})

test.each(everySize)('on the %s a lot rests after a look at what is booked inside, wakes again, and moves to somebody else', async size => {
  const [client, friend] = [await aMember(db, `Resi ${size}`), await aMember(db, `Freund ${size}`)]
  await aLot(db, client)
  const session = await aClass(db, { name: `Inside ${size}`, daysAhead: 3 })
  await desk.book(client, session)
  const page = await open('admin', size)
  await page.goto(`/staff/clients/${client.id}`)
  const lot = page.getByRole('article', { name: '10-class pack' })
  await press(page, 'Freeze 10-class pack')
  await dialog(page).getByRole('list', { name: 'Booked inside' }).getByText(session.name).waitFor()
  await dialog(page).getByRole('radio', { name: /^Cancel them/ }).check()
  await say(page, 'Reason', 'A broken toe')
  await inDialog(page, 'Freeze and cancel 1')
  await page.getByText('1 booking cancelled with everything back.', { exact: false }).waitFor()
  await lot.getByText('Frozen', { exact: true }).waitFor()
  await page.locator('app-client-bookings').last().getByText('Called off').waitFor()
  expect((await lots(page, client.id)).creditsBalance).toBe(0)

  await press(page, 'Lift freeze of 10-class pack')
  await inDialog(page, 'Lift it')
  await page.getByText('The freeze is lifted. It pays again.').waitFor()
  await lot.getByText('Frozen', { exact: true }).waitFor({ state: 'detached' })
  expect((await lots(page, client.id)).creditsBalance).toBe(10)

  await press(page, 'Transfer 10-class pack')
  await dialog(page).getByRole('searchbox').fill(friend.email)
  await dialog(page).getByText(friend.email).click()
  await say(page, 'Credits', '4')
  await say(page, 'Reason', 'A present for a friend')
  await inDialog(page, 'Move')
  await page.getByText(`${friend.name} has 4 credits of ${client.name} now.`).waitFor()
  await lot.getByText('6', { exact: false }).first().waitFor()
  const [moved] = await ledger(page, friend.id)
  expect(moved).toMatchObject({ type: 'transfer', amount: 4, receipt: { sentence: expect.stringContaining('A present for a friend') } })
})

test.each(everySize)('on the %s somebody is booked into a class on their behalf, let go as the studio, and both are in the ledger', async size => {
  const client = await aMember(db, `Nora ${size}`)
  await aLot(db, client)
  const session = await aClass(db, { name: `Behalf ${size}`, daysAhead: 4, capacity: 3 })
  const page = await open('admin', size)
  await page.goto(`/staff/clients/${client.id}`)
  await press(page, 'Book into a class')
  await say(page, 'Class or trainer', session.name)
  await dialog(page).getByRole('button', { name: session.name }).click()
  await dialog(page).getByRole('radio', { name: /^10-class pack/ }).check()
  await inDialog(page, 'Book')
  await page.getByText(`${client.name} is in.`, { exact: false }).waitFor()
  await page.getByRole('list', { name: 'Coming up' }).getByRole('link', { name: session.name }).waitFor()

  await page.getByRole('button', { name: `Cancel ${session.name}` }).click()
  await dialog(page).getByRole('radio', { name: /^As the studio/ }).check()
  await dialog(page).getByText('Everything comes back for', { exact: false }).waitFor()
  await say(page, 'Reason', 'The trainer rang')
  await inDialog(page, 'Cancel booking')
  await page.getByRole('list', { name: 'Behind them' }).getByText('Called off').waitFor()
  await page.locator('app-ledger-line').first().getByText('Came back').click()
  await page.getByText(`The studio cancelled the booking of ${session.name} (The trainer rang)`, { exact: false }).last().waitFor()
  expect((await ledger(page, client.id)).map(line => [line.type, line.amount])).toEqual([['return', 1], ['debit', -1], ['grant', 10]])
})

test.each(everySize)('on the %s a full class takes somebody onto its waitlist, off it again, and in with one spot more; a hold is released', async size => {
  const [first, client] = [await aMember(db, `First ${size}`), await aMember(db, `Fulla ${size}`)]
  for (const payer of [first, client]) await aLot(db, payer)
  const [full, other] = [await aClass(db, { name: `Crowded ${size}`, daysAhead: 5 }), await aClass(db, { name: `Roomy ${size}`, daysAhead: 6 })]
  await desk.book(first, full)
  const page = await open('admin', size)
  await page.goto(`/staff/clients/${client.id}`)
  const pick = async () => {
    await press(page, 'Book into a class')
    await say(page, 'Class or trainer', full.name)
    await dialog(page).getByRole('button', { name: full.name }).click()
  }
  await pick()
  await dialog(page).getByRole('radio', { name: /^Put on the waitlist/ }).check()
  await inDialog(page, 'Put on the waitlist')
  await page.getByText(`${client.name} is 1st in line for ${full.name}.`).waitFor()
  await page.getByText('Waits, 1 of 1').waitFor()
  await press(page, `Take off the waitlist of ${full.name}`)
  await inDialog(page, 'Take off')
  await page.getByText('Nothing booked, held or waited for.').waitFor()

  await pick()
  await inDialog(page, 'Squeeze in')
  await page.getByText('There is now room for 2.', { exact: false }).waitFor()

  await desk.hold(client, other)
  await press(page, `Release the spot in ${other.name}`)
  await inDialog(page, 'Release')
  await page.getByText('The spot is free again.').waitFor()
  expect((await told<{ items: ClientHold[] }>(page, `/admin/clients/${client.id}/holds`)).items).toEqual([])
})

test('a trainer sees all of a client of theirs, and may change what is in their own classes', async () => {
  const [alex, client] = [await person('alex'), await aMember(db, 'Zoe Zwei')]
  await aLot(db, client)
  const [own, others] = [await aClass(db, { name: 'Own class', daysAhead: 7, trainerId: alex.id }), await aClass(db, { name: 'Others’ class', daysAhead: 8 })]
  for (const session of [own, others]) await desk.book(client, session)
  const page = await open('alex', 'phone')
  await page.goto(`/staff/clients/${client.id}`)
  await page.getByRole('link', { name: others.name }).waitFor()
  await page.getByRole('button', { name: `Cancel ${own.name}` }).waitFor()
  expect(await page.getByRole('button', { name: `Cancel ${others.name}` }).count()).toBe(0)
})
