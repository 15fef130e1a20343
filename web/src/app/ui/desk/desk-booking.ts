// Books a client into a class from the desk: into a free spot, or with one spot more where it is full and staff say so.
import { computed, signal, type Signal } from '@angular/core'
import type { BookedForClient, BookForClient } from '@fitflow/contract/session-changes.ts'
import { command, type Command } from '../../api/command.ts'
import type { Means } from './pay-choice.ts'

interface Wish {
  session: { id: string; capacity: number }
  client: { id: string; name: string }
  means: Means
}

export interface DeskBooking extends Pick<Command, 'busy' | 'problem' | 'clear'> {
  /** It was refused because nothing is free: one spot more would help. */
  isFull: Signal<boolean>
  /** The words for what was done, or nothing when it was refused. */
  book(wish: Wish, squeeze: boolean): Promise<string>
}

export function deskBooking(): DeskBooking {
  const sending = command()
  const squeezed = signal(false)
  return {
    busy: sending.busy,
    problem: sending.problem,
    clear: sending.clear,
    isFull: computed(() => !squeezed() && ['session-full', 'session-held'].includes(sending.problem()?.code ?? '')),
    async book({ session, client, means }, squeeze) {
      squeezed.set(squeeze)
      const body: BookForClient = { userId: client.id, means }
      const path = `/admin/sessions/${session.id}/${squeeze ? 'squeeze-in' : 'bookings'}`
      const done = await sending.send<BookedForClient>({ method: 'POST', path, body })
      if (!done) return ''
      const { capacity, receipt } = done.answer
      const more = capacity > session.capacity ? ` There is now room for ${capacity}.` : ''
      return `${client.name} is in. ${receipt.sentence}${more}`
    },
  }
}
