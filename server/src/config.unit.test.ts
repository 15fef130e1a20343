// What the environment may say, and that a bad word stops the start with its variable's name.
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const secret = 'a-secret-that-is-long-enough-for-all'

test('nothing set is a demo on this machine with its own database', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    environment: 'development',
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    trustProxy: false,
    databaseUrl: null,
    amqpUrl: null,
    redisUrl: null,
    secret: null,
    demoAllowed: true,
    logLevel: 'info',
  })
  expect(config.dataDirectory.endsWith('/.fitflow')).toBe(true)
  expect(Object.isFrozen(config)).toBe(true)
})

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: ' ', DATABASE_URL: '' })).toEqual(readConfig({}))
})

test.each([
  [{}, true],
  [{ HOST: 'localhost' }, true],
  [{ HOST: '::1' }, true],
  [{ DATABASE_URL: 'postgres://a:b@db/fitflow' }, true],
  [{ FITFLOW_DEMO: 'off' }, false],
  [{ HOST: '0.0.0.0' }, false],
  [{ HOST: '192.168.1.4' }, false],
  [{ PUBLIC_URL: 'http://localhost:3000' }, false],
  [{ NODE_ENV: 'production', FITFLOW_SECRET: secret }, false],
])('demo accounts are allowed only where nobody else can come: %j %s', (environment, allowed) => {
  expect(readConfig(environment).demoAllowed).toBe(allowed)
})

test.each([
  ['PORT', '80x'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['HOST', 'not a host'],
  ['PUBLIC_URL', 'studio.example'],
  ['PUBLIC_URL', 'https://studio.example/app'],
  ['TRUST_PROXY', 'yes'],
  ['DATABASE_URL', 'mysql://db/fitflow'],
  ['DATABASE_URL', 'postgres://db'],
  ['REDIS_URL', 'cache:6379'],
  ['REDIS_URL', 'http://cache'],
  ['REDIS_URL', 'redis+cluster://'],
  ['AMQP_URL', 'rabbit:5672'],
  ['AMQP_URL', 'http://rabbit'],
  ['SMTP_URL', 'mail.example:25'],
  ['SMTP_URL', 'http://mail.example'],
  ['MAIL_FROM', 'the studio'],
  ['TWILIO_ACCOUNT_SID', 'SK00000000000000000000000000000000'],
  ['TWILIO_FROM', '911 234 567'],
  ['VAPID_PUBLIC_KEY', 'BEl62iUY'],
  ['VAPID_PRIVATE_KEY', 'not base 64'],
  ['VAPID_SUBJECT', 'hello'],
  ['TWILIO_MESSAGING_SERVICE_SID', 'MG1'],
  ['FITFLOW_SECRET', 'short'],
  ['FITFLOW_SECRET_PREVIOUS', 'short'],
  ['FITFLOW_DEMO', 'on'],
  ['LOG_LEVEL', 'loud'],
  ['NODE_ENV', 'staging'],
])('a bad %s (%s) stops the start with its name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} `))
})

test.each([
  'redis://cache:6379',
  'rediss://user:word@cache.example:6379/2',
  'redis+cluster://one:6379,two:6380',
  'rediss+cluster://user:word@cluster.example:6379',
])('REDIS_URL %s is understood', url => {
  expect(readConfig({ REDIS_URL: url }).redisUrl).toBe(url)
})

const account = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'a token of Twilio' }

test('SMS are set up as a whole or not at all', () => {
  expect(readConfig({}).twilio).toBeNull()
  expect(readConfig({ ...account, TWILIO_FROM: '+34911234567' }).twilio).toMatchObject({ sender: { from: '+34911234567' }, apiBase: null })
  expect(() => readConfig(account)).toThrow(/^TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID is missing/)
  expect(() => readConfig({ ...account, TWILIO_AUTH_TOKEN: '' })).toThrow(/^TWILIO_AUTH_TOKEN is missing/)
  expect(() => readConfig({ TWILIO_FROM: '+34911234567' })).toThrow(/^TWILIO_ACCOUNT_SID is missing/)
})

test('a key pair for push is given as a whole or not at all', () => {
  expect(readConfig({}).vapid).toBeNull()
  const [VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY] = ['B'.padEnd(87, 'A'), 'A'.repeat(43)]
  expect(readConfig({ VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY }).vapid).toEqual({ publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY, subject: null })
  expect(() => readConfig({ VAPID_PUBLIC_KEY })).toThrow(/belong together/)
})

test('a refusal repeats neither a secret nor a password', () => {
  expect(() => readConfig({ FITFLOW_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/)
  expect(() => readConfig({ DATABASE_URL: 'http://me:hunter2@db/fitflow' })).toThrow(/^(?!.*hunter2)/)
})

test('production needs a secret of its own, and https', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/^FITFLOW_SECRET is required/)
  const production = { NODE_ENV: 'production', FITFLOW_SECRET: secret }
  expect(() => readConfig({ ...production, PUBLIC_URL: 'http://studio.example' })).toThrow(/^PUBLIC_URL .*https/)
  expect(readConfig({ ...production, PUBLIC_URL: 'https://studio.example/' }).publicUrl).toBe('https://studio.example')
  expect(readConfig({ ...production, PUBLIC_URL: 'http://localhost:8080' }).publicUrl).toBe('http://localhost:8080')
})

test.each([
  ['true', true],
  ['2', 2],
  ['10.0.0.0/8, loopback', '10.0.0.0/8,loopback'],
])('TRUST_PROXY %s is understood', (text, value) => {
  expect(readConfig({ TRUST_PROXY: text }).trustProxy).toBe(value)
})
