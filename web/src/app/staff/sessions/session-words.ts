// A session's state in a word and a tone.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'

export const sessionStatuses = ['draft', 'published', 'in_progress', 'completed', 'cancelled'] as const satisfies readonly SessionStatus[]

export const statusWords: Record<SessionStatus, { words: string; tone: string }> = {
  draft: { words: 'Draft', tone: 'few' },
  published: { words: 'Published', tone: 'good' },
  in_progress: { words: 'On now', tone: 'held' },
  completed: { words: 'Completed', tone: '' },
  cancelled: { words: 'Cancelled', tone: 'bad' },
}
