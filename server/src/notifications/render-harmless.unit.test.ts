// Whatever people type as a name stays a name: in HTML, in headers and in calendars; and no link leads elsewhere.
import ICAL from 'ical.js'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { expect, test } from 'vitest'
import { frame, kinds, samples } from '../../test/messages.ts'
import type { Language } from './message-kinds.ts'
import { renderMessage } from './render.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)><a href="https://evil.example">',
  `' onmouseover='alert(1)' "quoted" & &amp; -->`,
  '{{subject}} {{{lead}}} {{#card}} {{/card}} ${1 + 1} <%= 1 %>',
  'Yoga\r\nBcc: everybody@evil.example\r\n\r\nHello',
  'Yoga\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR;,:\\n\\',
  'Yoga\u2028\u0000\u0007\u202Efdp.exe',
  '👩‍👩‍👧‍👦🧘🏽‍♀️'.repeat(200),
  'endless '.repeat(2000),
  'Ꝍ'.repeat(400),
  'javascript:alert(1)',
]

const typed = new Set(['className', 'trainerName', 'reason', 'lotName', 'studioName', 'memberName'])

/** With that name wherever people type one. */
function named<T extends object>(facts: T, name: string): T {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]: [string, unknown]) => [key, key === 'was' ? named(value as object, `Once ${name}`) : typed.has(key) && value !== null ? name : value]),
  ) as T
}

interface Element {
  tag: string
  attributes: Record<string, string>
}

/** Every element of a page, in order. */
function elementsOf(html: string): Element[] {
  const found: Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) found.push({ tag: node.tagName, attributes: Object.fromEntries(node.attrs.map(one => [one.name, one.value])) })
    if ('childNodes' in node) for (const child of node.childNodes) visit(child)
  }
  visit(parse(html))
  return found
}

const bones = (html: string) => elementsOf(html).map(({ tag, attributes }) => `${tag} ${Object.keys(attributes).join(' ')}`)

/** Of every kind, in each of its ways. */
const all = kinds.flatMap(kind => samples[kind].map(facts => ({ kind, facts })))
const render = ({ kind, facts }: (typeof all)[number], language: Language, name: string | null) =>
  renderMessage(kind, language, (name === null ? facts : named(facts, name)) as never, name === null ? frame : named(frame, name))

const plain = await Promise.all(all.map(one => render(one, 'es', null)))

test.each(hostile)('a class, a trainer, a studio, a member and a reason named %j change no element of a page, no line of a subject, no entry of a calendar', async name => {
  for (const [at, one] of all.entries()) {
    const { html, subject, short, attachments } = await render(one, 'es', name)
    expect(bones(html)).toEqual(bones(plain[at]!.html))
    expect(subject + short.title + short.body).not.toMatch(/[\p{Cc}\u2028\u202E]/u)
    expect([...new Intl.Segmenter().segment(subject)].length).toBeLessThan(220)
    for (const { content } of attachments.filter(({ cid }) => cid === null)) {
      const calendar = new ICAL.Component(ICAL.parse(String(content)) as unknown[])
      expect(calendar.getAllSubcomponents().map(entry => entry.name)).toEqual(['vevent'])
      const properties = calendar.getFirstSubcomponent('vevent')!.getAllProperties().map(property => property.name)
      expect(properties).toEqual([...new Set(properties)])
    }
  }
})

test('every link leads to the studio, every picture is in the mail, and nothing is loaded from elsewhere', async () => {
  for (const one of all) {
    const { html, text, short, attachments } = await render(one, 'en', null)
    const elements = elementsOf(html)
    const links = elements.flatMap(({ attributes }) => attributes['href'] ?? [])
    expect(links.length).toBeGreaterThanOrEqual(3)
    for (const link of [...links, ...(text.match(/https?:\S+/g) ?? []), short.url]) expect(link).toMatch(/^https:\/\/studio\.example\//)
    const cids = attachments.flatMap(({ cid }) => (cid === null ? [] : `cid:${cid}`))
    expect(elements.flatMap(({ attributes }) => attributes['src'] ?? [])).toEqual(cids)
    expect(html).not.toMatch(/@import|url\(|<link|<script|<form/i)
  }
})
