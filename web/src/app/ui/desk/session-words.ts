// A session's state in a word and a tone, and what staff can change of it in words.
import type { SessionStatus, StaffSession } from '@fitflow/contract/sessions.ts'
import type { Said } from '../../api/meanwhile.ts'
import type { When } from '../../api/when.ts'

export const sessionStatuses = ['draft', 'published', 'in_progress', 'completed', 'cancelled'] as const satisfies readonly SessionStatus[]

export const statusWords: Record<SessionStatus, { words: string; tone: string }> = {
  draft: { words: 'Draft', tone: 'few' },
  published: { words: 'Published', tone: 'good' },
  in_progress: { words: 'On now', tone: 'held' },
  completed: { words: 'Completed', tone: '' },
  cancelled: { words: 'Cancelled', tone: 'bad' },
}

/** What somebody else may have changed meanwhile; bookings are none of it. */
export function saidOfSession({ startsAt, endsAt, trainer, capacity, status }: StaffSession, when: When): Said {
  return { Time: `${when.moment(startsAt)} to ${when.hour(endsAt)}`, Trainer: trainer.name, 'People at most': String(capacity), State: statusWords[status].words }
}
