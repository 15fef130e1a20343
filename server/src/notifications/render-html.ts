// A message as HTML: the compiled page with its words and the studio's colours filled in.
import mustache from 'mustache'
import { shadesOf } from './mail-colours.ts'
import { mailPage } from './mail-page.generated.ts'
import type { Content } from './message-content.ts'
import type { Language, MessageFrame } from './message-kinds.ts'
import type { Words } from './words.ts'

/** Under which the mail carries the picture of the booking's code. */
export const qrCid = 'code@fitflow'

/** A whole page in the language of the message. Every value is escaped by the template. */
export function htmlOf(content: Content, of: { frame: MessageFrame; words: Words; language: Language }): string {
  const { frame, words, language } = of
  const { card, changes, notes, action, qrToken } = content
  return mustache.render(mailPage, {
    ...{ language, subject: content.subject, label: content.label, headline: content.headline, lead: content.lead },
    ...shadesOf(frame.accentColor, content.tone),
    initial: [...new Intl.Segmenter().segment(frame.studioName)][0]?.segment.toUpperCase(),
    studioName: frame.studioName,
    card,
    qr: qrToken !== null && { src: `cid:${qrCid}`, alt: words.qrAlt(card?.name ?? ''), caption: words.qr },
    changes: changes.map(change => ({ ...change, wasWord: words.changed.was })),
    ...{ hasNotes: notes.length > 0, notes },
    ...{ button: action.label, url: action.url },
    why: content.why,
    ...{ preferences: words.preferences, preferencesUrl: content.mayChoose && `${frame.publicUrl}/me/notifications` },
    ...{ unsubscribe: words.unsubscribe, unsubscribeUrl: frame.unsubscribeUrl },
  })
}
