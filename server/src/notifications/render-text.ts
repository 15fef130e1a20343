// A message as plain text.
import type { Content } from './message-content.ts'
import type { MessageFrame } from './message-kinds.ts'
import type { Words } from './words.ts'

/** Paragraphs with an empty line between them. */
export function textOf(content: Content, frame: MessageFrame, words: Words): string {
  const { card, changes, notes, action } = content
  const paragraphs = [
    content.hello,
    `${content.headline}\n${content.lead}`,
    card && [card.name, `${card.day}, ${card.time} ${card.until}`, card.with ?? ''].filter(line => line !== '').join('\n'),
    changes.map(({ label, was, now }) => `${label}: ${now} (${words.changed.was}: ${was})`).join('\n'),
    notes.join('\n'),
    `${action.label}: ${action.url}`,
    ['--', content.why, content.mayChoose && `${words.preferences}: ${frame.publicUrl}/me/notifications`, frame.unsubscribeUrl && `${words.unsubscribe}: ${frame.unsubscribeUrl}`]
      .filter(line => line)
      .join('\n'),
  ]
  return `${paragraphs.filter(paragraph => paragraph).join('\n\n')}\n`
}
