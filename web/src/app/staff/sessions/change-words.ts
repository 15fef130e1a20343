// What each change of a class is called before, while and after it is made.
export type ChangeKind = 'move' | 'substitute' | 'resize' | 'cancel' | 'publish-again' | 'take-back'

export interface ChangeWords {
  title: string
  yes: string
  no: string
  done: string
  danger: boolean
  /** The state that it leads to, where it is a change of that. */
  status?: 'draft' | 'published' | 'cancelled'
}

export const changeWords: Record<ChangeKind, ChangeWords> = {
  move: { title: 'Reschedule', yes: 'Move the class', no: 'Never mind', done: 'Moved.', danger: false },
  substitute: { title: 'Substitute', yes: 'Substitute', no: 'Never mind', done: 'Substituted.', danger: false },
  resize: { title: 'Capacity', yes: 'Set capacity', no: 'Never mind', done: 'Capacity set.', danger: false },
  cancel: { title: 'Cancel this class?', yes: 'Cancel the class', no: 'Keep it', done: 'Cancelled.', danger: true, status: 'cancelled' },
  'publish-again': { title: 'Let it take place after all?', yes: 'Publish again', no: 'Leave it', done: 'Published again.', danger: false, status: 'published' },
  'take-back': { title: 'Back to a draft?', yes: 'Unpublish', no: 'Keep it', done: 'Back to a draft. Members no longer see it.', danger: false, status: 'draft' },
}
