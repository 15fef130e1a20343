// Files compressed once, when they are built, so that no request waits for it: `app.js` gets `app.js.br` beside it.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)

// Pictures and fonts are compressed already.
const worthwhile = /\.(js|css|svg|json|webmanifest)$/
// Below this a packet carries it either way.
const bytesMin = 1_000

/** Puts a Brotli copy beside every file below `directory` that gains by it; answers how many. */
export async function compressFiles(directory: string): Promise<number> {
  const files = await readdir(directory, { recursive: true })
  const written = await Promise.all(files.filter(file => worthwhile.test(file)).map(file => compressFile(join(directory, file))))
  return written.filter(Boolean).length
}

async function compressFile(path: string): Promise<boolean> {
  const plain = await readFile(path)
  if (plain.length < bytesMin) return false
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length, [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  await writeFile(`${path}.br`, await compress(plain, { params }))
  return true
}
