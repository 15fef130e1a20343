// The example that docs/webhooks.md gives receivers, run as it stands there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { attemptsMax } from './retry.rule.ts'
import { newSecret, signedHeaders } from './signature.ts'

type IsGenuine = (secret: string, headers: Record<string, string>, body: string, now?: number) => boolean

const document = readFileSync(join(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8')
const [, example = ''] = /```js\n([\s\S]*?)```/.exec(document) ?? []
const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(example)}`)) as { isGenuine: IsGenuine }

const [secret, other] = [newSecret(), newSecret()]
const message = { id: '48213', sentAt: systemClock.now(), body: '{"name":"Zoë"}' }

test('it takes what is signed with the secret, alone or beside another', () => {
  expect(isGenuine(secret, signedHeaders(message, [secret]), message.body)).toBe(true)
  expect([secret, other].map(one => isGenuine(one, signedHeaders(message, [secret, other]), message.body))).toEqual([true, true])
})

test('it takes nothing else: another secret, another body, another id, an old or a missing timestamp, no signature', () => {
  const headers = signedHeaders(message, [secret])
  const minutesLater = (minutes: number) => Math.floor(message.sentAt.epochMilliseconds / 1000) + minutes * 60
  expect([
    isGenuine(other, headers, message.body),
    isGenuine(secret, headers, `${message.body} `),
    isGenuine(secret, { ...headers, 'webhook-id': '48214' }, message.body),
    isGenuine(secret, headers, message.body, minutesLater(6)),
    isGenuine(secret, headers, message.body, minutesLater(-6)),
    isGenuine(secret, { ...headers, 'webhook-timestamp': '' }, message.body),
    isGenuine(secret, { ...headers, 'webhook-signature': '' }, message.body),
    isGenuine(secret, { ...headers, 'webhook-signature': headers['webhook-signature']!.replace('v1,', 'v9,') }, message.body),
    isGenuine(secret, {}, message.body),
  ]).toEqual(Array(9).fill(false))
})

test('the document says how often it is tried', () => {
  expect(attemptsMax).toBe(11)
  expect(document).toContain('eleven attempts')
})
