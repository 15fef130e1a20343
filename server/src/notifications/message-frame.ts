// A row as a message that can be read or sent: in its reader's language, with the studio's name and links around it.
import { peopleById } from '../identity/display-names.ts'
import type { Sql } from '../platform/sql.ts'
import type { Settings } from '../schedule/settings.ts'
import type { MessageFrame, RenderedMessage } from './message-kinds.ts'
import type { Message } from './messages.ts'
import { groupOf, requiredWays } from './preferences.rule.ts'
import { renderMessage, renderShort } from './render.ts'
import type { UnsubscribeTokens } from './unsubscribe-tokens.ts'

export interface Framing {
  publicUrl: string
  settings: { current(): Settings }
  unsubscribe: UnsubscribeTokens
}

type Framed = Pick<Message, 'userId' | 'kind' | 'channel' | 'facts' | 'language' | 'createdAt'>

/** Renders a row; the same row says the same at any time. */
export async function renderRow(sql: Sql, framing: Framing, row: Framed): Promise<RenderedMessage & { oneClickUrl: string | null }> {
  const memberName = (await peopleById(sql, [row.userId])).get(row.userId)?.name ?? ''
  const token = unsubscribable(row) ? framing.unsubscribe.mint({ userId: row.userId, group: groupOf(row.kind, row.facts) }) : null
  const rendered = await renderMessage(row.kind, row.language, row.facts, frameOf(framing, row, { memberName, token }))
  return { ...rendered, oneClickUrl: token && `${framing.publicUrl}/api/v1/unsubscribe?token=${token}` }
}

/** A row's one line: what lists show of it. */
export function renderRowShort(framing: Framing, row: Framed): RenderedMessage['short'] {
  return renderShort(row.kind, row.language, row.facts, frameOf(framing, row, { memberName: '', token: null }))
}

function frameOf({ publicUrl, settings }: Framing, row: Framed, { memberName, token }: { memberName: string; token: string | null }): MessageFrame {
  const { studioName, accentColor } = settings.current()
  const unsubscribeUrl = token && `${publicUrl}/unsubscribe?token=${token}`
  return { studioName, accentColor, publicUrl, memberName, unsubscribeUrl, writtenAt: String(row.createdAt) }
}

/** Mails of a choice that may be turned off; what comes in any case has nothing to click. */
function unsubscribable({ kind, facts, channel }: Framed): boolean {
  return channel === 'email' && !requiredWays(groupOf(kind, facts)).includes('email')
}
