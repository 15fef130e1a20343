// Makes a message out of its facts: subject, text, HTML, one line for SMS and push, and what is attached.
import type { FactsOf, Language, MessageFrame, MessageKind, RenderedMessage } from './message-kinds.ts'
import { contentOf } from './message-content.ts'
import { htmlOf } from './render-html.ts'
import { fitted } from './render-short.ts'
import { textOf } from './render-text.ts'
import { english } from './words-en.ts'
import { spanish } from './words-es.ts'
import type { Words } from './words.ts'

const languages: Record<Language, Words> = { en: english, es: spanish }

/** The same facts give the same message at any time, so that a row can be shown as it was sent. */
export async function renderMessage<K extends MessageKind>(kind: K, language: Language, facts: FactsOf[K], frame: MessageFrame): Promise<RenderedMessage> {
  const words = languages[language]
  const content = contentOf(kind, facts, frame, words)
  return {
    subject: content.subject,
    text: textOf(content, frame, words),
    html: htmlOf(content, { frame, words, language }),
    short: { title: content.headline, body: fitted(content.shortWith, content.card?.name ?? ''), url: content.action.url },
    attachments: [],
  }
}
