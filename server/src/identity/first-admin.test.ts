// How a studio gets its first admin, once.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { system } from '../../test/world.ts'
import { openSecret } from '../platform/secret.ts'
import { transact } from '../platform/tx.ts'
import { makeAdmin, passwordLink, setupLink } from './first-admin.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const secret = openSecret({ secret: 'a secret for tests only, and long enough', previousSecret: null, dataDirectory: '' })
const person = { email: 'First@example.test', name: 'First Admin', password: 'correct horse battery' }

test('the link makes exactly one admin, however many follow it at once, and none after that', async () => {
  const link = new URL((await setupLink(db.sql, secret, 'https://studio.example'))!)
  expect(`${link.origin}${link.pathname}`).toBe('https://studio.example/setup')
  const token = link.searchParams.get('token')
  const follow = (email: string, sent = token) => server.ask(null, 'POST', '/api/v1/setup', { body: { ...person, email, token: sent } })

  expect((await follow('thief@example.test', `${token}x`)).problem).toMatchObject({ code: 'forbidden', reason: 'token' })
  const answers = await Promise.all([follow(person.email), follow('second@example.test'), follow('third@example.test')])
  expect(answers.map(answer => answer.status).sort()).toEqual([201, 403, 403])
  expect(await db.sql`select id from users where role = 'admin'`).toHaveLength(1)
  expect(await setupLink(db.sql, secret, 'https://studio.example')).toBeNull()

  const made = answers.find(answer => answer.status === 201)!.json as { email: string; role: string }
  expect(made.role).toBe('admin')
  const body = { email: made.email, password: person.password }
  expect((await server.ask(null, 'POST', '/api/auth/sign-in/email', { key: null, body })).status).toBe(200)
})

test('an admin made without a password sets one by the link, once', async () => {
  const { email, link } = await transact(db, system, {}, async tx => {
    const made = await makeAdmin(tx, { email: 'later@example.test', name: 'Later Admin', passwordHash: null })
    return { email: made.email, link: new URL(await passwordLink(tx, made.id as never, server.origin)) }
  })
  const body = { token: link.searchParams.get('token'), newPassword: 'a new horse battery' }
  expect((await server.ask(null, 'POST', '/api/auth/reset-password', { key: null, body })).status).toBe(200)
  const signIn = { email, password: body.newPassword }
  const { json } = await server.ask(null, 'POST', '/api/auth/sign-in/email', { key: null, body: signIn })
  expect(json).toMatchObject({ user: { email, role: 'admin' } })
})

test('a second account for one address is refused', async () => {
  const again = transact(db, system, {}, tx => makeAdmin(tx, { email: 'LATER@example.test', name: 'Again', passwordHash: null }))
  await expect(again).rejects.toMatchObject({ code: 'email-taken' })
})
