// `npm run mails`: compiles the page around every mail from MJML, so that running the studio needs no MJML (docs/decisions).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../server/src/notifications')
const source = resolve(folder, 'mail-page.mjml')
const version = '5.4.1'

/** What the stand-ins of mail-page.mjml stand for, in order. */
const shades = ['accent', 'onAccent', 'soft', 'onSoft']

/** What a text is told by: the compiled page says of which source it is. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The compiler's HTML with places for colours, and without its indentation, which only makes every mail heavier. */
function compile(): string {
  const words = ['exec', '--yes', `--package=mjml@${version}`, '--', 'mjml', source, '--stdout', '--noStdoutFileComment', '--config.validationLevel=strict']
  const { status, stdout } = spawnSync('npm', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error(`mjml ended with ${status}`)
  return stdout
    .replaceAll(/\s*\n\s*/g, '\n')
    .replaceAll(/#(1a|da)000([1-4])/g, (_, theme: string, at: string) => `{{${theme === '1a' ? 'light' : 'dark'}.${shades[Number(at) - 1]}}}`)
    .trim()
}

if (import.meta.main) {
  const page = compile()
  const [from, to] = [fingerprint(readFileSync(source, 'utf8')), fingerprint(page)]
  writeFileSync(
    resolve(folder, 'mail-page.generated.ts'),
    `// Made by \`npm run mails\` of mail-page.mjml with mjml ${version}: change that, and run it again.\nexport const compiled = { from: '${from}', to: '${to}' }\n\nexport const mailPage = ${JSON.stringify(page)}\n`,
  )
}
