// What people are told: a member chooses it and reads it, and an admin finds what did not arrive, looks at it and sends it again.
import type { NotificationPreferences, StaffMessage, StaffMessageDetail } from '@fitflow/contract/notifications.ts'
import type { Page as ListPage } from '@fitflow/contract/scalars.ts'
import { expect, test } from 'vitest'
import { aFrontDesk } from '../front-desk.ts'
import { aTwilio } from '../twilio.ts'
import { aLot } from '../world.ts'
import { aClass } from './classes.ts'
import { aStudio } from './studio.ts'
import { told } from './told.ts'

const twilio = await aTwilio()
const { accountSid, authToken } = twilio
const { db, open, person } = await aStudio({ twilio: { accountSid, authToken, sender: { from: twilio.number }, apiBase: twilio.url } })
const desk = await aFrontDesk(db)

async function booked(account: `member${number}`, name: string) {
  const member = await person(account)
  await aLot(db, member)
  await desk.book(member, await aClass(db, { name, daysAhead: 4 }))
  return member
}

test('on the phone a member chooses what reaches them, in which language and when, and reads what they were told', async () => {
  const page = await open('member11', 'phone')
  const preferences = () => told<NotificationPreferences>(page, '/me/notification-preferences')
  await page.goto('/me')
  await page.getByRole('link', { name: 'What you are told' }).click()
  const ofGroup = (name: string) => page.getByRole('group', { name, exact: true })
  await ofGroup('Reminders').getByText('E-mail').click()
  await expect.poll(async () => (await preferences()).groups.find(one => one.group === 'reminders')).toMatchObject({ email: false })
  expect(await ofGroup('Changes by the studio').getByLabel('E-mail, always').isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'My own' }).click()
  await page.getByLabel('From', { exact: true }).fill('21:30')
  await expect.poll(async () => (await preferences()).quietHours).toEqual({ start: '21:30', end: '08:00' })
  await page.getByRole('button', { name: 'None' }).click()
  await page.getByRole('button', { name: 'Español' }).click()
  await expect.poll(async () => await preferences()).toMatchObject({ language: 'es', quietHours: { start: '00:00', end: '00:00' } })
  await page.reload()
  expect(await ofGroup('Reminders').getByLabel('E-mail').isChecked()).toBe(false)

  // What is told while the page is open comes by itself, with the way to what it is about.
  await page.getByRole('link', { name: 'What you were told so far' }).click()
  await page.getByRole('heading', { name: 'What you were told', exact: true }).waitFor()
  await booked('member11', 'Rowing, told of')
  const message = page.getByRole('link', { name: /Reservada: Rowing, told of/ })
  await message.waitFor()
  await message.click()
  await page.getByRole('heading', { name: 'Rowing, told of' }).first().waitFor()
})

test('a choice that is refused is said to be where it was made, however far down that is', async () => {
  const page = await open('member17', 'phone')
  await page.goto('/me/notifications')
  const spanish = page.getByRole('button', { name: 'Español' })
  await spanish.scrollIntoViewIfNeeded()
  await page.context().setOffline(true)
  await spanish.click()
  const no = page.getByRole('alert').getByText('No connection')
  await no.waitFor()
  const isInSight = async () => {
    const { x, y, width, height } = (await no.boundingBox())!
    return page.evaluate(`document.elementFromPoint(${x + width / 2}, ${y + height / 2})?.closest('[role="alert"]') != null`)
  }
  await expect.poll(isInSight).toBe(true)
  expect(await spanish.getAttribute('aria-pressed')).toBe('false')
  await page.context().setOffline(false)
  await spanish.click()
  await page.getByText('Saved.').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a way that reaches nobody yet says what is missing and leads there: a number is typed, shown to be theirs by its code, and forgotten', async () => {
  const page = await open('member14', 'phone')
  await page.goto('/me/notifications')
  const reminders = page.getByRole('group', { name: 'Reminders', exact: true })
  await reminders.getByText('SMS').click()
  await page.getByText('Saved. SMS: add your number first.').waitFor()
  await page.getByRole('button', { name: 'SMS: add your number' }).click()
  const number = '+34612345999'
  const codes = async () => (await twilio.taken()).filter(one => one.to === number).map(one => /\d{6}/.exec(one.body)?.[0] ?? '')
  await page.getByLabel('Number, with the code').fill('+34 612 345 999')
  await page.getByRole('button', { name: 'Send a code' }).click()
  await page.getByText(`We sent six digits to ${number}.`).waitFor()
  await page.getByRole('button', { name: 'SMS: type the code we sent you' }).waitFor()
  await expect.poll(async () => (await codes()).length).toBe(1)

  // A wrong one is refused in words, and the right one can still be typed.
  const code = (await codes())[0]!
  await page.getByLabel('Code', { exact: true }).fill(String((Number(code) + 1) % 1_000_000).padStart(6, '0'))
  await page.getByRole('button', { name: 'That is the code' }).click()
  await page.getByRole('alert').getByText('This is not the code that we sent. Look again.').waitFor()
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'That is the code' }).click()
  await page.getByText(`SMS go to ${number}.`).waitFor()
  expect(await page.getByRole('button', { name: /^SMS: / }).count()).toBe(0)
  expect(await told(page, '/me/phone')).toEqual({ number, optedOut: false, pending: null })

  await page.getByRole('button', { name: 'Forget it' }).click()
  await page.getByRole('button', { name: 'SMS: add your number' }).waitFor()
  expect(await told(page, '/me/phone')).toEqual({ number: null, optedOut: false, pending: null })
})

test('an admin finds what failed with its reason, sees the mail as it was sent, sends it again and sees it go out', async () => {
  const member = await booked('member12', 'Rowing, lost on its way')
  const failed = { state: 'failed', lastError: '550 no such mailbox', attempts: 1, sentAt: null }
  await expect.poll(() => db.sql`update messages set ${db.sql(failed)} where user_id = ${member.id} and kind = 'booking-confirmed' and state = 'sent' returning id`).toHaveLength(1)
  const page = await open('admin', 'desktop')
  await page.goto('/staff/messages')
  await page.getByRole('row', { name: /Rowing, lost on its way/ }).first().waitFor()
  // The list is told: what is written while it is open stands there long before it asks again by itself.
  await booked('member15', 'Rowing, told while watched')
  await page.getByRole('row', { name: /Rowing, told while watched/ }).getByText('Sent', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Failed' }).click()
  const row = page.getByRole('row', { name: new RegExp(member.name) })
  await row.getByText('550 no such mailbox').waitFor()
  await row.getByRole('button', { name: `Only messages to ${member.name}` }).click()
  await page.getByRole('button', { name: new RegExp(`^To ${member.name}`) }).waitFor()
  await row.getByRole('link').click()

  const mail = page.frameLocator('iframe')
  await mail.getByRole('heading', { name: "You're in." }).waitFor()
  await mail.getByAltText('Your code for Rowing, lost on its way').waitFor()
  await page.getByRole('button', { name: 'Resend' }).click()
  await page.getByRole('status').getByText('Sent', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Resend' }).count()).toBe(0)
})

test('the link of a mail opens a page with a button, and only its button ends these mails', async () => {
  await booked('member13', 'Rowing, one mail too many')
  const admin = await open('admin', 'desktop')
  const { id: userId } = await person('member13')
  const mail = async () => (await told<ListPage<StaffMessage>>(admin, `/admin/messages?userId=${userId}`)).items.find(one => one.body.includes('one mail too many'))
  await expect.poll(mail).toBeDefined()
  const { text } = await told<StaffMessageDetail>(admin, `/admin/messages/${(await mail())?.id}`)
  const link = /\/unsubscribe\?token=\S+/.exec(text)?.[0] ?? ''

  const page = await open('visitor', 'phone')
  await page.goto(link)
  await page.getByText('Your bookings', { exact: true }).waitFor()
  expect(await told(page, link)).toMatchObject({ group: 'bookings', subscribed: true })
  await page.getByRole('button', { name: 'No more of these' }).click()
  await page.getByText('You get no more mails about this: Your bookings.').waitFor()
  expect(await told(page, link)).toMatchObject({ group: 'bookings', subscribed: false })
})
