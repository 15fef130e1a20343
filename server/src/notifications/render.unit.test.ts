// Every kind of message in both languages: complete, harmless, and short where it must be.
import { expect, test } from 'vitest'
import { fitsOneSms } from './render-short.ts'
import { renderMessage } from './render.ts'
import { english } from './words-en.ts'
import { spanish } from './words-es.ts'
import type { Words } from './words.ts'
import { frame, kinds, languages, samples } from '../../test/messages.ts'

for (const language of languages) {
  for (const kind of kinds) {
    test(`${kind} in ${language} says everything`, async () => {
      for (const facts of samples[kind]) {
        const message = await renderMessage(kind, language, facts, frame)
        const { subject, text, html, short } = message
        expect([subject, text, html, ...Object.values(short)].filter(part => part === '' || /undefined|null|NaN|Invalid|\[object|[$]?\{\{?[a-z]+\.?[a-z]*\}/i.test(part))).toEqual([])
        expect(message.html).toContain(`<html lang="${language}"`)
        expect(message.subject).not.toMatch(/[\r\n]/)
        expect(fitsOneSms(message.short.body), message.short.body).toBe(true)
      }
    })
  }
}

const said = { name: 'Flow', day: 'Tuesday', time: '07:00', brief: 'Tue, 07:00' }
const special = { had: 'booking', substitute: null, until: '09:10', amount: '2', days: 3, byStudio: true, outcome: 'booked', reason: null, host: 'hooks.example.test', cause: 'gone', movedOnto: null } as const

/** Every text of a language, also those that are made of something. */
function textsOf(words: Words): string[] {
  const outcomes = (['booked', 'waitlisted', 'skipped'] as const).map(outcome => ({ ...special, outcome }))
  const had = (['booking', 'hold', 'offer', 'waiting'] as const).map(one => ({ ...special, had: one }))
  const ways = (['booked', 'held', 'taught', 'other'] as const).map(movedOnto => ({ ...special, movedOnto }))
  const messages = kinds.flatMap(kind => [...outcomes, ...had, { ...special, substitute: 'Jo' }, ...ways].flatMap(one => Object.values(words.say[kind](said, one))))
  return [...messages, ...Object.values(words.changed), ...Object.values(words.buttons), words.qr, words.preferences, words.unsubscribe, words.notAsked, ...Object.values(words.letters).flatMap(one => Object.values(one))]
}

test('no text is missing, and Spanish says each in Spanish', () => {
  const [inEnglish, inSpanish] = [textsOf(english), textsOf(spanish)]
  expect(inSpanish.length).toBe(inEnglish.length)
  expect([...inEnglish, ...inSpanish].filter(text => text.trim() === '')).toEqual([])
  expect(inSpanish.filter((text, at) => text === inEnglish[at])).toEqual([])
})

test.each(['Reformer Flow '.repeat(20), 'Respiración '.repeat(12), '普拉提'.repeat(30), '🧘🏽‍♀️'.repeat(30)])('a class named %s still fits one SMS', async className => {
  for (const language of languages) {
    for (const kind of ['booking-confirmed', 'session-changed', 'reminder-hour'] as const) {
      const { short } = await renderMessage(kind, language, { ...samples[kind][0], className } as never, frame)
      expect(fitsOneSms(short.body), short.body).toBe(true)
      expect(short.body).toContain('07:00')
    }
  }
})

test.each(['Ana', 'Bartholomäus von Hohenstaufen-Lützelburg', 'Íñigo de la Peña y Ramírez de Arellano', '普拉提'.repeat(20)])('that only the trainer changed, to %s, is said in one SMS, by name', async trainerName => {
  const changed = { ...samples['session-changed'][0], className: 'Respiración y movimiento', trainerName, was: { trainerName: 'Jo Park' } }
  for (const language of languages) {
    const { subject, short } = await renderMessage('session-changed', language, changed as never, frame)
    expect(subject).toContain(trainerName.slice(0, 3))
    expect(fitsOneSms(short.body), short.body).toBe(true)
    expect(short.body).toContain(trainerName.slice(0, 3))
    expect(short.body).toContain('07:00')
  }
})

test.each([{ startsAt: '2027-01-12T05:00:00Z', trainerName: 'Jo Park' }, { trainerName: 'Jo Park', className: 'Mat Flow' }])('where more than the trainer changed the line says when: %j', async was => {
  const { subject } = await renderMessage('session-changed', 'en', { ...samples['session-changed'][0], was } as never, frame)
  expect(subject).toMatch(/^Changed: .*, now /)
})
