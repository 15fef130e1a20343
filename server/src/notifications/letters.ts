// Sign-in mails: sent as soon as they are asked for and kept nowhere, because whoever reads one can sign in. They are no events and no rows.
import type { SignInLetter } from '@fitflow/contract/notifications.ts'
import type { Letter } from '../identity/auth.ts'
import { personByEmail } from '../identity/display-names.ts'
import type { Database } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Sql } from '../platform/sql.ts'
import type { Channel, Outgoing, Sent } from './channel.ts'
import type { Language, MessageFrame } from './message-kinds.ts'
import { preferencesOf } from './preferences.ts'
import { renderLetter } from './render.ts'

export interface LettersOptions {
  db: Database
  log: Log
  /** The mail server, or null when there is none. */
  mail: Pick<Channel, 'send'> | null
  /** How a letter reaches somebody without one: by the server's console. */
  print(letter: Letter): void
  /** In the demo, and there alone, admins read them beside the other messages. */
  keeps: boolean
  /** The studio as it calls itself now. */
  frame(): Pick<MessageFrame, 'studioName' | 'accentColor' | 'publicUrl'>
}

export interface Letters {
  /** Never waits for the mail server: whoever asks learns nothing of whether there is such an account. */
  tell(letter: Letter): void
  /** The latest, newest first; none but in the demo. */
  kept(): SignInLetter[]
}

const keptMax = 50
// Their links hold for minutes or an hour: what does not go out by then is asked for again.
const pausesMs = [1000, 10_000, 60_000]

/** Opens the post for sign-in mails. */
export function openLetters(options: LettersOptions): Letters {
  const { db, log, mail, print, keeps } = options
  const kept: SignInLetter[] = []
  return {
    tell(letter) {
      if (mail !== null) {
        // Nobody waits for it: what goes wrong here reaches nobody but the log.
        written(letter, options)
          .then(outgoing => sendLetter(mail, log, outgoing))
          .catch((error: unknown) => log.error({ err: error }, 'a sign-in mail could not be written'))
        return
      }
      print(letter)
      if (keeps) kept.unshift({ ...letter, at: String(db.clock.now()) })
      kept.splice(keptMax)
    },
    kept: () => [...kept],
  }
}

async function sendLetter(mail: Pick<Channel, 'send'>, log: Log, letter: Outgoing): Promise<void> {
  for (const pauseMs of [...pausesMs, null]) {
    const sent: Sent = await mail.send(letter)
    if (sent.outcome === 'sent') return
    if (sent.permanent || pauseMs === null) return log.error({ reason: sent.reason }, 'a sign-in mail could not be sent')
    await new Promise(resolve => setTimeout(resolve, pauseMs).unref())
  }
}

/** In the words of whoever has the address, in the studio's look. */
async function written({ to, about, link }: Letter, { db, frame }: Pick<LettersOptions, 'db' | 'frame'>): Promise<Outgoing> {
  const reader = await readerOf(db.sql, to)
  const around = { ...frame(), unsubscribeUrl: null, writtenAt: String(db.clock.now()) }
  return { id: newId(), to, ...renderLetter({ about, link }, reader, around), url: link, attachments: [], unsubscribeUrl: null }
}

/** Whoever is not known yet is written to in English. */
async function readerOf(sql: Sql, address: string): Promise<{ name: string | null; language: Language }> {
  const person = await personByEmail(sql, address)
  if (!person) return { name: null, language: 'en' }
  const { language } = (await preferencesOf(sql, [person.id]))(person.id)
  return { name: person.name, language }
}
