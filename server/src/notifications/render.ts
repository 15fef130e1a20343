// Makes a message out of its facts: subject, text, HTML, one line for SMS and push, and what is attached.
import type { Letter } from '../identity/auth.ts'
import type { FactsOf, Language, MessageFrame, MessageKind, RenderedMessage } from './message-kinds.ts'
import { contentOf, type Content } from './message-content.ts'
import { qrPng } from '../booking/qr-image.ts'
import type { Attachment } from './channel.ts'
import { calendarOf } from './render-calendar.ts'
import { htmlOf, qrCid } from './render-html.ts'
import { fitted } from './render-short.ts'
import { textOf } from './render-text.ts'
import { tidied } from './tidy.ts'
import { english } from './words-en.ts'
import { spanish } from './words-es.ts'
import type { Words } from './words.ts'

const languages: Record<Language, Words> = { en: english, es: spanish }

/** The same facts give the same message at any time, so that a row can be shown as it was sent. */
export async function renderMessage<K extends MessageKind>(kind: K, language: Language, typed: FactsOf[K], around: MessageFrame): Promise<RenderedMessage> {
  const [facts, frame] = [tidied(typed), tidied(around)]
  const words = languages[language]
  const content = contentOf(kind, facts, frame, words)
  return {
    subject: content.subject,
    text: textOf(content, frame, words),
    html: htmlOf(content, { frame, words, language }),
    short: shortOf(content),
    attachments: [...(await qrOf(content)), ...calendarOf(kind, facts, { content, frame, words })],
  }
}

/** A sign-in mail in the same page, without a word on choices: there are none. `name` is null where nobody has the address. */
export function renderLetter({ about, link }: Pick<Letter, 'about' | 'link'>, to: { name: string | null; language: Language }, around: Omit<MessageFrame, 'memberName'>) {
  const words = languages[to.language]
  const frame = tidied({ ...around, memberName: to.name ?? '' })
  const { button, ...said } = words.letters[about]
  const subject = `${said.subject}: ${frame.studioName}`
  const content: Content = {
    ...{ ...said, subject, short: said.lead, shortWith: () => said.lead, hello: frame.memberName && words.hello(frame.memberName) },
    ...{ tone: 'good', card: null, changes: [], notes: [], qrToken: null },
    ...{ action: { label: button, url: link }, why: words.notAsked, mayChoose: false },
  }
  return { subject, text: textOf(content, frame, words), html: htmlOf(content, { frame, words, language: to.language }) }
}

/** The one line alone: a list of messages has no use for a picture and a page of each. */
export function renderShort<K extends MessageKind>(kind: K, language: Language, typed: FactsOf[K], around: MessageFrame): RenderedMessage['short'] {
  return shortOf(contentOf(kind, tidied(typed), tidied(around), languages[language]))
}

function shortOf({ headline, shortWith, card, action }: Content): RenderedMessage['short'] {
  return { title: headline, body: fitted(shortWith, card?.name ?? ''), url: action.url }
}

async function qrOf({ qrToken }: Content): Promise<Attachment[]> {
  return qrToken === null ? [] : [{ name: 'code.png', type: 'image/png', content: await qrPng(qrToken), cid: qrCid }]
}
