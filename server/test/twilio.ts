// Twilio on loopback, as somebody else built it: takes messages, and posts to us what becomes of them and what people answer, signed.
import { createServer } from 'node:http'
import { afterAll, onTestFinished } from 'vitest'
import { judgeFile } from '../../tools/judges.ts'
import { freePort } from './fleet.ts'
import { onLoopback } from './on-loopback.ts'

interface Emulator {
  close(): Promise<void>
}
interface Emulate {
  createEmulator(options: { service: 'twilio'; port: number; seed: object }): Promise<Emulator>
}

interface Sms {
  sid: string
  to: string
  from: string
  body: string
  status: string
}

export interface Twilio {
  url: string
  accountSid: string
  authToken: string
  /** The number that messages come from. */
  number: string
  /** What it took, oldest first. */
  taken(): Promise<Sms[]>
  /** Says of a message what became of it. */
  became(sid: string, status: string): Promise<void>
  /** Somebody writes to our number. */
  says(from: string, words: string): Promise<void>
}

const account = { accountSid: `AC${'5'.repeat(32)}`, authToken: 'the token of a test', number: '+34911234567' }

/** Starts it for a test file; what people write goes to `incomingUrl`. */
export async function aTwilio(incomingUrl = 'http://127.0.0.1:1/'): Promise<Twilio> {
  const { accountSid, authToken, number } = account
  const { createEmulator } = await judgeFile<Emulate>('emulate/dist/api.js')
  const port = await freePort()
  const twilio = {
    ...{ account: { sid: accountSid, auth_token: authToken, friendly_name: 'Test' } },
    phone_numbers: [{ phone_number: number, friendly_name: 'Ours', sms_url: incomingUrl, voice_url: incomingUrl }],
  }
  const emulator = await onLoopback(() => createEmulator({ service: 'twilio', port, seed: { twilio } }))
  afterAll(() => emulator.close())
  const url = `http://127.0.0.1:${port}`
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const post = async (path: string, fields: Record<string, string>) => {
    const answer = await fetch(url + path, { method: 'POST', headers: { authorization }, body: new URLSearchParams(fields) })
    if (!answer.ok) throw new Error(await answer.text())
  }
  return {
    ...account,
    url,
    async taken() {
      const answer = await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Messages.json?PageSize=1000`, { headers: { authorization } })
      const { messages } = (await answer.json()) as { messages: (Sms & { direction: string })[] }
      return messages.filter(one => one.direction === 'outbound-api').reverse()
    },
    became: (sid, status) => post('/_twilio/simulate/message-status', { MessageSid: sid, Status: status }),
    says: (from, words) => post('/_twilio/simulate/inbound-message', { From: from, To: number, Body: words }),
  }
}

/** Something at Twilio's address that answers each request with this status and error code; that answers nothing, when there is none. */
export async function aRefusal(status: number | null, code: number | null = null): Promise<string> {
  const server = createServer((_request, response) => {
    if (status === null) return
    const body = code === null ? {} : { status, code, message: 'refused by the test', more_info: '' }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void (server.closeAllConnections(), server.close()))
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}
