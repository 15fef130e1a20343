// The mail server of a test: keeps what it takes, and refuses with the code it is told.
import { onTestFinished } from 'vitest'
import { openMailServer } from './mail-server.ts'

export interface PostOffice {
  url: string
  /** Each message as it came over the wire, oldest first, with whom it was for. */
  taken: { to: string[]; raw: string }[]
  /** What to answer to a recipient instead of taking the mail: 450 for later, 550 for never; undefined takes it. */
  refuse: (to: string) => number | undefined
  close(): Promise<void>
}

/** Opens it on a free port until the test is over, or the file that opens it at its top. */
export async function aPostOffice(over: (end: () => Promise<void>) => void = onTestFinished): Promise<PostOffice> {
  const office: Omit<PostOffice, 'url' | 'close'> = { taken: [], refuse: () => undefined }
  const server = await openMailServer({ taken: mail => void office.taken.push(mail), refuse: to => office.refuse(to) })
  over(server.close)
  return Object.assign(office, server)
}
