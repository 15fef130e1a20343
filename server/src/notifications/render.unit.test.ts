// Every kind of message in both languages: complete, harmless, and short where it must be.
import { expect, test } from 'vitest'
import { fitsOneSms } from './render-short.ts'
import { renderMessage } from './render.ts'
import { frame, kinds, languages, samples } from '../../test/messages.ts'

for (const language of languages) {
  for (const kind of kinds) {
    test(`${kind} in ${language} says everything`, async () => {
      for (const facts of samples[kind]) {
        const message = await renderMessage(kind, language, facts, frame)
        const all = JSON.stringify(message)
        expect(all).not.toMatch(/undefined|null|NaN|Invalid|\[object|\$\{/)
        expect(message.html).toContain(`<html lang="${language}"`)
        expect(message.subject).not.toMatch(/[\r\n]/)
        expect(fitsOneSms(message.short.body), message.short.body).toBe(true)
      }
    })
  }
}
