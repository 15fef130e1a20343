// Sign-in mails: sent as soon as they are asked for and kept nowhere, because whoever reads one can sign in. They are no events and no rows.
import type { SignInLetter } from '@fitflow/contract/notifications.ts'
import type { Letter } from '../identity/auth.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Channel, Outgoing, Sent } from './channel.ts'

export interface LettersOptions {
  clock: Clock
  log: Log
  /** The mail server, or null when there is none. */
  mail: Pick<Channel, 'send'> | null
  /** How a letter reaches somebody without one: by the server's console. */
  print(letter: Letter): void
  /** In the demo, and there alone, admins read them beside the other messages. */
  keeps: boolean
  studioName(): string
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
export function openLetters({ clock, log, mail, print, keeps, studioName }: LettersOptions): Letters {
  const kept: SignInLetter[] = []
  return {
    tell(letter) {
      if (mail !== null) return void sendLetter(mail, log, written(letter, studioName()))
      print(letter)
      if (keeps) kept.unshift({ ...letter, at: String(clock.now()) })
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

const words: Record<Letter['about'], { subject: string; text: string }> = {
  'password-reset': { subject: 'Set a new password', text: 'Open this page to set a new password. The link works for an hour.' },
  'email-verification': { subject: 'Confirm your address', text: 'Open this page to confirm that this is your address. The link works for an hour.' },
  'magic-link': { subject: 'Sign in', text: 'Open this page to sign in. The link works once, for five minutes.' },
}

function written({ to, about, link }: Letter, studioName: string): Outgoing {
  const { subject, text } = words[about]
  const lines = [text, link, `You did not ask for this? Then ignore it: nothing happens without the link.`, studioName]
  return {
    ...{ id: newId(), to, subject: `${subject}: ${studioName}`, text: lines.join('\n\n') },
    ...{ html: null, url: link, attachments: [], unsubscribeUrl: null },
  }
}
