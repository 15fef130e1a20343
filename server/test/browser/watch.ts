// What a browser complains about while people use the app: errors on its console, broken rules of the page's policy, failed reads.
import type { BrowserContext } from 'playwright-core'

// Said once more beside each answer that is a no; `response` tells which of them are trouble.
const echo = /^Failed to load resource/

/** Adds a line to `troubles` for whatever a person with the console open would not want to see. */
export function watch(context: BrowserContext, troubles: string[]): void {
  context.on('console', line => {
    if (line.type() === 'error' && !echo.test(line.text())) troubles.push(`${line.page()?.url()}: ${line.text()}`)
  })
  context.on('weberror', fault => void troubles.push(`${fault.page()?.url()}: ${fault.error().stack}`))
  context.on('response', response => {
    // The service worker's way to say that there is no network.
    if (response.fromServiceWorker() && response.status() === 504) return
    const method = response.request().method()
    // A refused command is an answer that the page has words for; a page asks for nothing that it may not read.
    if (response.status() >= (method === 'GET' ? 400 : 500)) troubles.push(`${response.status()} for ${method} ${response.url()}`)
  })
}
