// A row as a message that can be read or sent: in its reader's language, with the studio's name and links around it.
import { peopleById } from '../identity/display-names.ts'
import type { Sql } from '../platform/sql.ts'
import type { Settings } from '../schedule/settings.ts'
import type { RenderedMessage } from './message-kinds.ts'
import type { Message } from './messages.ts'
import { groupOf, requiredWays } from './preferences.rule.ts'
import { renderMessage } from './render.ts'
import type { UnsubscribeTokens } from './unsubscribe-tokens.ts'

export interface Framing {
  publicUrl: string
  settings: { current(): Settings }
  unsubscribe: UnsubscribeTokens
}

type Framed = Pick<Message, 'userId' | 'kind' | 'channel' | 'facts' | 'language' | 'createdAt'>

/** Renders a row; the same row says the same at any time. */
export async function renderRow(sql: Sql, { publicUrl, settings, unsubscribe }: Framing, row: Framed): Promise<RenderedMessage & { oneClickUrl: string | null }> {
  const { studioName, accentColor } = settings.current()
  const memberName = (await peopleById(sql, [row.userId])).get(row.userId)?.name ?? ''
  const token = unsubscribable(row) ? unsubscribe.mint({ userId: row.userId, group: groupOf(row.kind, row.facts) }) : null
  const frame = { studioName, accentColor, publicUrl, memberName, writtenAt: String(row.createdAt), unsubscribeUrl: token && `${publicUrl}/unsubscribe?token=${token}` }
  const rendered = await renderMessage(row.kind, row.language, row.facts, frame)
  return { ...rendered, oneClickUrl: token && `${publicUrl}/api/v1/unsubscribe?token=${token}` }
}

/** Mails of a choice that may be turned off; what comes in any case has nothing to click. */
function unsubscribable({ kind, facts, channel }: Framed): boolean {
  return channel === 'email' && !requiredWays(groupOf(kind, facts)).includes('email')
}
