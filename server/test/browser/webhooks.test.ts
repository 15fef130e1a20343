// An admin lets a system of theirs hear of events: makes the webhook, sees what arrives and what does not, and sends it again; and what the house itself gave up.
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { answering, aReceiver } from '../receiver.ts'
import { aLot } from '../world.ts'
import { aFrontDesk } from '../front-desk.ts'
import { anEndpoint } from '../webhooks.ts'
import { aClass } from './classes.ts'
import { aStudio } from './studio.ts'

const { db, open, person } = await aStudio()

test('a webhook is made and its secret shown once; a test and a booking arrive signed with it, what fails is seen and sent again, and it is rotated, paused and removed', async () => {
  const receiver = await aReceiver()
  const page = await open('admin', 'desktop')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await page.goto('/staff/webhooks')
  await page.getByText('Nobody listens yet').waitFor()
  await page.getByRole('link', { name: 'New webhook' }).click()
  await page.getByLabel('Address').fill(receiver.url)
  await page.getByLabel('What it is').fill('Door system')
  await page.getByRole('group', { name: 'Bookings' }).getByLabel('Bookings').check()
  await press('Make the webhook')
  await page.getByText('shown this once').waitFor()
  const secret = (await page.locator('app-secret-card code').textContent()) ?? ''
  await press('Copy')
  await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toBe(secret)
  await press('I have it: to the webhook')
  await page.getByRole('heading', { name: 'Door system' }).waitFor()
  expect(await page.getByText(secret).count()).toBe(0)

  const row = (topic: string) => page.getByRole('listitem').filter({ has: page.locator('summary', { hasText: topic }) }).first()
  await press('Send a test')
  const sent = await receiver.arrival(1)
  expect(new Webhook(secret).verify(sent.body, sent.headers as Record<string, string>)).toMatchObject({ type: 'webhook.test' })
  await row('webhook.test').getByText('Delivered').waitFor()

  receiver.answer = answering(503, 'closed for lunch')
  const [desk, member] = [await aFrontDesk(db), await person('member36')]
  await aLot(db, member)
  await desk.book(member, await aClass(db, { name: 'Rowing, told of' }))
  expect(JSON.parse((await receiver.arrival(2)).body)).toMatchObject({ type: 'booking.confirmed' })
  await row('booking.confirmed').getByText('Answered 503').waitFor()
  await row('booking.confirmed').locator('summary').click()
  await page.getByText('closed for lunch').waitFor()
  receiver.answer = answering(204)
  await row('booking.confirmed').getByRole('button', { name: /^Send/ }).click()
  await row('booking.confirmed').getByText('Delivered').waitFor()

  await press('Rotate the secret')
  await press('Make a new secret')
  await page.getByText('shown this once').waitFor()
  expect(await page.locator('app-secret-card code').textContent()).not.toBe(secret)
  await press('I have it')
  // A third secret would end the one that the receiver still uses.
  await page.getByText(/^The old secret signs beside the new one until .+ It can be rotated again then\.$/).waitFor()
  expect(await page.getByRole('button', { name: 'Rotate the secret' }).isDisabled()).toBe(true)
  await press('Pause')
  await page.getByText('Paused', { exact: true }).waitFor()
  await press('Remove')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('Nobody listens yet').waitFor()
})

test('an address inside the house is refused beside what was typed', async () => {
  const page = await open('admin', 'phone')
  await page.goto('/staff/webhooks/new')
  await page.getByLabel('Address').fill('https://169.254.169.254/latest/meta-data')
  await page.getByRole('button', { name: 'Every event' }).click()
  await page.getByRole('button', { name: 'Make the webhook' }).click()
  await page.getByRole('alert').getByText('It must be an address on the public internet').waitFor()
  expect(await page.getByLabel('Address').inputValue()).toBe('https://169.254.169.254/latest/meta-data')
})

test('a webhook that somebody changed meanwhile is not overwritten', async () => {
  const hook = await anEndpoint(db, 'https://hooks.example.test/', { topics: ['block.ended'] })
  const page = await open('admin', 'phone')
  await page.goto(`/staff/webhooks/${hook.id}/edit`)
  await page.getByLabel('What it is').fill('The till')
  await db.sql`update webhook_endpoints set description = 'The door', version = version + 1 where id = ${hook.id}`
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('alert').getByText('Somebody changed this meanwhile').waitFor()
  expect(await db.sql`select from webhook_endpoints where description = 'The door'`).toHaveLength(1)
})

test('what was given up is read with its reason, tried again, and gone once it is handled', async () => {
  const [desk, member] = [await aFrontDesk(db), await person('member37')]
  await aLot(db, member)
  const { booking } = await desk.book(member, await aClass(db, { name: 'Rowing, given up' }))
  const given = () => db.sql`
    with e as (
        select id from outbox where topic = 'booking.confirmed' and data ->> 'bookingId' = ${booking.id} and handled_at is not null
          and not exists (select from deliveries d where d.consumer = 'analytics' and d.event_id = outbox.id)),
      n as (delete from inbox where consumer = 'analytics' and event_id in (select id from e))
    insert into deliveries (consumer, event_id, attempts, due_at, dead_at, last_error)
    select 'analytics', id, 10, now(), now(), 'Error: the disk is full' from e returning event_id`
  await expect.poll(async () => (await given()).length, { timeout: 20_000 }).toBe(1)
  const page = await open('admin', 'phone')
  await page.goto('/staff/dead-letters')
  await page.getByRole('heading', { name: 'Figures' }).waitFor()
  await page.getByText('Error: the disk is full').waitFor()
  await page.getByRole('button', { name: /^Try again: event/ }).click()
  await page.getByText('Everything was acted upon').waitFor()
  await expect.poll(async () => (await db.sql`select from deliveries where consumer = 'analytics'`).length, { timeout: 20_000 }).toBe(0)
})

test('a webhook that was stopped by itself stands beside the dead letters, and leads to its page', async () => {
  const hook = await anEndpoint(db, 'https://stopped.example.test/', { topics: ['block.ended'] })
  await db.sql`update webhook_endpoints set paused_at = now(), pause_cause = 'failing' where id = ${hook.id}`
  const page = await open('admin', 'phone')
  await page.goto('/staff/dead-letters')
  await page.getByRole('region', { name: 'Stopped webhooks' }).getByText('It took nothing for three days').waitFor()
  await page.getByRole('link', { name: 'Open the webhook: stopped.example.test' }).click()
  await page.getByRole('heading', { name: 'stopped.example.test' }).waitFor()
  expect(page.url()).toContain(`/staff/webhooks/${hook.id}`)
})
