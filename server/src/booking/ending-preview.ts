// Whom it would affect if the studio ended many classes at once, class by class, in the same words as for one.
import type { EndingPreview } from '@fitflow/contract/closures.ts'
import type { SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { sessionCards, type SessionCard } from '../schedule/session-cards.ts'
import type { StudioHouse } from './cancel-by-studio.ts'
import { previewChange } from './change-preview.ts'
import { takenBy } from './roster.ts'

/** Reads on one snapshot. `kept` are told apart: they would stay. */
export async function previewEnding(tx: Tx, house: StudioHouse, of: { ending: readonly SessionId[]; kept: readonly SessionId[] }): Promise<EndingPreview> {
  const cards = await sessionCards(tx.sql, [...of.ending, ...of.kept])
  const inOrder = (ids: readonly SessionId[]) =>
    ids.map(id => cards.get(id) as SessionCard).sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
  const sessions: EndingPreview['sessions'] = []
  for (const card of inOrder(of.ending)) {
    const { people } = await previewChange(tx, house, { session: card, change: { status: 'cancelled' } })
    sessions.push({ id: card.id, name: card.name, startsAt: String(card.startsAt), endsAt: String(card.endsAt), people })
  }
  const counts = await takenBy(tx.sql, of.kept)
  const kept = inOrder(of.kept).map(({ id, name, startsAt }) => ({ id, name, startsAt: String(startsAt), booked: counts.get(id)?.booked ?? 0 }))
  const people = sessions.flatMap(session => session.people)
  const hundredths = people.reduce((sum, person) => sum + Math.round(person.creditsReturned * 100), 0)
  return { sessions, kept, creditsReturned: hundredths / 100, sentence: sentenceOf({ classes: sessions.length, kept: kept.length, people: new Set(people.map(person => person.user.id)).size }) }
}

function sentenceOf({ classes, kept, people }: { classes: number; kept: number; people: number }): string {
  if (classes === 0) return kept === 0 ? 'No class lies in there.' : 'No class would be cancelled.'
  const many = classes === 1 ? 'One class would be cancelled' : `${classes} classes would be cancelled`
  if (people === 0) return `${many}; nobody is in ${classes === 1 ? 'it' : 'them'}.`
  return `${many}; ${people === 1 ? 'one person' : `${people} people`} would be told, and everything would come back to them.`
}
