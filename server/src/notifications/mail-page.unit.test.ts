// The compiled page is that of its source, and its colours can be read whatever the studio's is.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fingerprint } from '../../../tools/mail-page.ts'
import { shadesOf } from './mail-colours.ts'
import { compiled, mailPage } from './mail-page.generated.ts'

test('the page is compiled from the source as it is now, and was not changed by hand (npm run mails)', () => {
  const source = readFileSync(new URL('mail-page.mjml', import.meta.url), 'utf8')
  expect(compiled).toEqual({ from: fingerprint(source), to: fingerprint(mailPage) })
})

/** WCAG 2: 4.5 is enough for text. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map(at => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const seeds = ['#1f5a41', '#000000', '#ffffff', '#ffff00', '#ff0000', '#00ff00', '#0000ff', '#ff00ff', '#00ffff', '#808080', '#0f6b5c']

test.each(seeds)('a studio whose colour is %s has mails that can be read, by day and by night', seed => {
  for (const tone of ['good', 'few', 'held', 'trouble'] as const) {
    for (const { accent, onAccent, soft, onSoft } of Object.values(shadesOf(seed, tone))) {
      expect(contrast(accent, onAccent)).toBeGreaterThan(4.5)
      expect(contrast(soft, onSoft)).toBeGreaterThan(4.5)
    }
  }
})
