// A message as HTML.
import type { Content } from './message-content.ts'
import type { Language, MessageFrame } from './message-kinds.ts'
import { textOf } from './render-text.ts'
import type { Words } from './words.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, character => entities[character] ?? '')

/** A whole page in the language of the message. */
export function htmlOf(content: Content, of: { frame: MessageFrame; words: Words; language: Language }): string {
  const paragraphs = textOf(content, of.frame, of.words)
    .split('\n\n')
    .map(paragraph => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
  return `<!doctype html><html lang="${of.language}"><head><meta charset="utf-8"><title>${escaped(content.subject)}</title></head><body>${paragraphs.join('')}</body></html>`
}
