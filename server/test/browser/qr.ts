// A QR code as a scanner at the door reads it: off a picture.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { provide, zbarimg } from '../../../tools/programs.ts'

/** What the code on a picture says; empty when there is none that can be read. */
export function readQr(png: Buffer): string {
  const directory = mkdtempSync(join(tmpdir(), 'fitflow-qr-'))
  const file = join(directory, 'code.png')
  writeFileSync(file, png)
  const { stdout } = spawnSync(provide(zbarimg), ['-q', '--raw', file], { encoding: 'utf8' })
  rmSync(directory, { recursive: true })
  return stdout.trim()
}
