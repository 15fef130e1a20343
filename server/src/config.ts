// The environment as one frozen typed object; a bad value stops the start with its name and what is wrong with it.
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { readTwilio, readVapid, type TwilioConfig, type VapidConfig } from './config-of-ways.ts'
import { aToken, anOrigin, BadValue, reader, type Environment } from './config-values.ts'
import { logLevels, type LogLevel } from './platform/log.ts'
import { Refusal } from './platform/refusal.ts'

const environments = ['production', 'development', 'test'] as const

export interface Config {
  environment: (typeof environments)[number]
  host: string
  port: number
  /** The origin that people see, without a slash at its end. */
  publicUrl: string
  /** Which proxies may name the client's address, in Fastify's words. */
  trustProxy: boolean | number | string
  /** Null: the embedded PostgreSQL of `dataDirectory`. */
  databaseUrl: string | null
  /** Null: each process remembers alone. `redis+cluster://` names the seeds of a cluster. */
  redisUrl: string | null
  /** Null: events go to the consumers through the database. */
  amqpUrl: string | null
  /** Null: mails stay in the house, where staff read them. */
  smtpUrl: string | null
  /** Who mails are from: an address, with or without a name. */
  mailFrom: string | null
  /** Null: no SMS are sent. */
  twilio: TwilioConfig | null
  /** Null: a key pair derived from the secret. */
  vapid: VapidConfig | null
  dataDirectory: string
  /** Null: generated and kept in `dataDirectory`. */
  secret: string | null
  previousSecret: string | null
  /** Whether demo accounts may exist and sign in here. */
  demoAllowed: boolean
  /** Null: /metrics answers this machine only. */
  metricsToken: string | null
  /** Where a worker says how it is; null: any port that is free. */
  metricsPort: number | null
  logLevel: LogLevel
  /** Whether webhooks may go to this machine, over http too: for whoever develops a receiver, never in production. */
  webhooksToLoopback: boolean
  /** Whether npm started us: whoever kills npm means us, too. */
  underNpm: boolean
}

const projectDirectory = resolve(import.meta.dirname, '../..')
// Short of guessing, and what `openssl rand -hex 16` gives.
const secretLengthMin = 32

/** Reads the settings of api.md's "Environment". Throws a Refusal that names the first bad variable. */
export function readConfig(environment: Environment = process.env): Config {
  const read = reader(environment)
  const node = read('NODE_ENV', 'development', oneOf(environments))
  const host = read('HOST', '127.0.0.1', anAddress)
  const port = read('PORT', '3000', aPort)
  const publicUrl = read('PUBLIC_URL', null, anOrigin)
  const secret = read('FITFLOW_SECRET', null, aSecret)
  const demo = read('FITFLOW_DEMO', 'auto', oneOf(['auto', 'off'] as const))
  const webhooksToLoopback = read('WEBHOOKS_TO_LOOPBACK', 'off', oneOf(['on', 'off'] as const)) === 'on'
  if (node === 'production') refuseInProduction(secret, publicUrl, webhooksToLoopback)
  return Object.freeze({
    environment: node,
    host,
    port,
    publicUrl: publicUrl ?? originOf(host, port),
    trustProxy: read('TRUST_PROXY', 'false', aTrust),
    databaseUrl: read('DATABASE_URL', null, aDatabaseUrl),
    redisUrl: read('REDIS_URL', null, aRedisUrl),
    amqpUrl: read('AMQP_URL', null, anAmqpUrl),
    smtpUrl: read('SMTP_URL', null, anSmtpUrl),
    mailFrom: read('MAIL_FROM', null, aSender),
    twilio: readTwilio(read),
    vapid: readVapid(read),
    dataDirectory: resolve(read('FITFLOW_DATA_DIR', null, String) ?? join(projectDirectory, '.fitflow')),
    secret,
    previousSecret: read('FITFLOW_SECRET_PREVIOUS', null, aSecret),
    demoAllowed: demo === 'auto' && isLoopback(host) && publicUrl === null && node !== 'production',
    metricsToken: read('METRICS_TOKEN', null, aToken),
    metricsPort: read('METRICS_PORT', null, aPort),
    webhooksToLoopback,
    logLevel: read('LOG_LEVEL', 'info', oneOf(logLevels)),
    underNpm: read('npm_lifecycle_event', null, String) !== null,
  })
}

/** Whether only this machine can reach `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** The address of a host and port for a browser. */
export function originOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function refuseInProduction(secret: string | null, publicUrl: string | null, webhooksToLoopback: boolean): void {
  if (webhooksToLoopback) throw new Refusal('WEBHOOKS_TO_LOOPBACK is "on", but in production webhooks never go to this machine itself.')
  if (secret === null) {
    throw new Refusal('FITFLOW_SECRET is required when NODE_ENV is production: set it to the output of "openssl rand -hex 32", the same for every process.')
  }
  if (publicUrl?.startsWith('http:') && !isLoopback(new URL(publicUrl).hostname)) {
    throw new Refusal(`PUBLIC_URL is "${publicUrl}", but in production people sign in over https only.`)
  }
}

function oneOf<const T extends readonly string[]>(words: T): (text: string) => T[number] {
  return text => {
    if (!words.includes(text)) throw new BadValue(`is "${text}", but must be one of ${words.join(', ')}`)
    return text
  }
}

function aPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new BadValue(`is "${text}", but must be a whole number from 1 to 65535`)
  }
  return port
}

function anAddress(text: string): string {
  if (isIP(text) > 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) return text
  throw new BadValue(`is "${text}", but must be an IP address or a host name to listen on`)
}

function aDatabaseUrl(text: string): string {
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) {
    // Not repeated here: it may hold a password.
    throw new BadValue('must look like postgres://user:password@host:5432/database')
  }
  return text
}

function aRedisUrl(text: string): string {
  const isOne = URL.canParse(text) && /^rediss?:\/\/[^/]/.test(text)
  const isCluster = /^rediss?\+cluster:\/\/([^@/]*@)?[a-z0-9.-]+(:\d{1,5})?(,[a-z0-9.-]+(:\d{1,5})?)*\/?$/i.test(text)
  // Not repeated here either.
  if (!isOne && !isCluster) throw new BadValue('must look like redis://user:password@host:6379, or for a cluster redis+cluster://host:6379,host:6380 (rediss: encrypted)')
  return text
}

function anAmqpUrl(text: string): string {
  const url = URL.parse(text)
  // Not repeated here either.
  if (!url || !/^amqps?:$/.test(url.protocol) || !url.hostname) throw new BadValue('must look like amqp://user:password@host:5672')
  return text
}

function anSmtpUrl(text: string): string {
  const url = URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) throw new BadValue('must look like smtp://user:password@host:587')
  return text
}

function aSender(text: string): string {
  if (!/^([^<>\r\n]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/.test(text)) throw new BadValue(`is "${text}", but must look like hello@studio.example or Studio <hello@studio.example>`)
  return text
}

function aSecret(text: string): string {
  if (text.length < secretLengthMin) throw new BadValue(`is too short to keep a secret: at least ${secretLengthMin} characters`)
  return text
}

function aTrust(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const ranges = text.split(',').map(range => range.trim())
  const known = (range: string) => ['loopback', 'linklocal', 'uniquelocal'].includes(range) || isIP(range.split('/')[0] ?? '') > 0
  if (!ranges.every(known)) {
    throw new BadValue(`is "${text}", but must be true, false, a number of proxies, or addresses such as 10.0.0.0/8,loopback`)
  }
  return ranges.join(',')
}
