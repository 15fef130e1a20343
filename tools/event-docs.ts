// The catalogue of events for people (docs/events.md) and for machines (docs/asyncapi.json), out of the contract's shapes.
import { CloudEvent, comingTopics, eventShapes, topics, type Topic } from '@fitflow/contract/events.ts'

interface Schema {
  type?: string
  enum?: readonly string[]
  const?: unknown
  items?: Schema
  anyOf?: readonly Schema[]
}

const exchange = 'fitflow.events'

/** docs/events.md. */
export function eventsDocument(): string {
  const rows = topics.map(topic => `| \`${topic}\` | ${factsOf(topic).map(fact => `\`${fact}\``).join(', ')} |`)
  return `# Events

What the house announces after the transaction that did it. Events carry ids and the class session's \`version\`, never a person's data; no order is promised: act on the current state, and drop what is older than what you know. Every event is delivered at least once.

With \`AMQP_URL\` set, each is published to the durable topic exchange \`${exchange}\` of RabbitMQ with its topic as routing key; anyone may bind a queue of their own. The body is a CloudEvents 1.0 envelope in JSON; the same \`id\` is the same event. For machines: [asyncapi.json](asyncapi.json). Coming with their modules: ${comingTopics.map(topic => `\`${topic}\``).join(', ')}.

Written by \`npm run docs\` out of [contract/src/events.ts](../contract/src/events.ts): change it there.

| topic | data |
|---|---|
${rows.join('\n')}
`
}

function factsOf(topic: Topic): string[] {
  const { properties, required } = eventShapes[topic] as unknown as { properties: Record<string, Schema>; required: string[] }
  return Object.entries(properties).map(([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${wordsFor(schema)}`)
}

function wordsFor(schema: Schema): string {
  if (schema.enum) return schema.enum.map(word => `'${word}'`).join(' \\| ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.anyOf) return schema.anyOf.map(wordsFor).join(' \\| ')
  if (schema.items) return `${wordsFor(schema.items)}[]`
  return schema.type ?? 'unknown'
}

/** docs/asyncapi.json. */
export function asyncApiDocument(): string {
  const amqp = { is: 'routingKey', exchange: { name: exchange, type: 'topic', durable: true, autoDelete: false, vhost: '/' }, bindingVersion: '0.3.0' }
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'FitFlow events',
      version: '1.0.0',
      description: 'What FitFlow announces on RabbitMQ. At least once, in no promised order: act on the current state.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: each(topic => ({
      address: topic,
      messages: { event: { $ref: `#/components/messages/${keyOf(topic)}` } },
      bindings: { amqp },
    })),
    operations: each(topic => ({ action: 'send', channel: { $ref: `#/channels/${keyOf(topic)}` } })),
    components: {
      messages: each(topic => ({ name: topic, contentType: 'application/cloudevents+json', payload: CloudEvent(topic) })),
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

const keyOf = (topic: Topic) => topic.replaceAll('.', '_')

function each<T>(made: (topic: Topic) => T): Record<string, T> {
  return Object.fromEntries(topics.map(topic => [keyOf(topic), made(topic)]))
}
