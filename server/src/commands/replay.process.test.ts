// `fitflow replay` as an operator runs it: it counts without doing, then does, and refuses what it cannot mean.
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anEndpoint, deliveriesOf, happen, queue } from '../../test/webhooks.ts'

const door = resolve(import.meta.dirname, '../../fitflow.js')
const { db, clock, url } = await aDatabase()

function replay(words: string): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: '/usr/bin:/bin', DATABASE_URL: url, LOG_LEVEL: 'silent', FITFLOW_SECRET: 'a secret of all processes of one studio' }
  return new Promise(done => {
    execFile(process.execPath, [door, 'replay', ...words.split(' ')], { env }, (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err }))
  })
}

test('what happened before a webhook was made is sent to it by a replay, counted first', async () => {
  const from = clock.now()
  await happen(db, 3)
  clock.advance({ hours: 1 })
  await happen(db, 2)
  const endpoint = await anEndpoint(db, 'http://127.0.0.1:1/')
  const range = `--consumer webhooks --from ${from} --to ${from.add({ hours: 1 })}`
  expect(await replay(`${range} --dry-run`)).toEqual({ code: 0, out: '3 would be handed to webhooks again.\n', err: '' })
  await queue(db)
  expect(await deliveriesOf(db, endpoint)).toHaveLength(0)
  expect(await replay(range)).toEqual({ code: 0, out: '3 are handed to webhooks again, by a worker that runs.\n', err: '' })
  await queue(db)
  expect(await deliveriesOf(db, endpoint)).toHaveLength(3)
  expect(await replay(range)).toMatchObject({ code: 0 })
  await queue(db)
  expect(await deliveriesOf(db, endpoint), 'the third time nothing is new').toHaveLength(3)
})

test('a range that reaches back further than what is known says so', async () => {
  const from = clock.now().subtract({ hours: 24 * 30 })
  const { out } = await replay(`--consumer analytics --from ${from} --to ${clock.now()} --dry-run`)
  expect(out).toContain('Events are kept for a week')
})

test('a consumer that there is not, what is no instant, and a range that ends before it begins are refused in a sentence', async () => {
  const range = '--from 2027-01-11T09:00:00Z --to 2027-01-12T09:00:00Z'
  const refused = await Promise.all([
    replay(`--consumer gardener ${range}`),
    replay('--consumer webhooks --from yesterday --to 2027-01-12T09:00:00Z'),
    replay('--consumer webhooks --from 2027-01-12T09:00:00Z --to 2027-01-11T09:00:00Z'),
  ])
  expect(refused.map(one => [one.code, one.err.trim()])).toEqual([
    [1, expect.stringMatching(/^There is no consumer "gardener": there are waitlist-manager, .*webhooks/)],
    [1, '--from is "yesterday", but must be an instant like 2027-01-11T09:00:00Z.'],
    [1, expect.stringMatching(/^--to must be later/)],
  ])
})
