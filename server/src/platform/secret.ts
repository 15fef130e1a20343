// The one secret of an installation and the keys derived from it: a key for each purpose, so that none opens another's door.
import { hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Key {
  /** Eight hexadecimal characters that may be public: they name the key inside what it signed. */
  id: string
  /** 32 bytes. */
  bytes: Buffer
}

export interface Secret {
  /** The key to sign with. `purpose` is a word like `qr`; the same secret and purpose give the same key everywhere. */
  deriveKey(purpose: string): Key
  /** The keys to accept: the current one, then that of the previous secret while it rotates. */
  acceptedKeys(purpose: string): Key[]
}

interface Given {
  /** FITFLOW_SECRET, or null to generate one and keep it in `dataDirectory`. */
  secret: string | null
  previousSecret: string | null
  dataDirectory: string
}

const keyBytes = 32
const idBytes = 4

/** Opens the installation's secret: the one given, else the one kept in the data directory, which a first start makes. */
export function openSecret({ secret, previousSecret, dataDirectory }: Given): Secret {
  const secrets = [secret ?? keptSecret(dataDirectory), ...(previousSecret === null ? [] : [previousSecret])]
  const [current = ''] = secrets
  return {
    deriveKey: purpose => derive(current, purpose),
    acceptedKeys: purpose => secrets.map(one => derive(one, purpose)),
  }
}

function derive(secret: string, purpose: string): Key {
  const expand = (use: string, length: number) => Buffer.from(hkdfSync('sha256', secret, '', `fitflow ${use} ${purpose}`, length))
  // The id comes from a derivation of its own, so that it tells nothing about the key.
  return { id: expand('id', idBytes).toString('hex'), bytes: expand('key', keyBytes) }
}

/** The secret of this data directory, made at the first start. link(2) lets only one of two racing starts make it. */
function keptSecret(dataDirectory: string): string {
  const file = join(dataDirectory, 'secret')
  mkdirSync(dataDirectory, { recursive: true, mode: 0o711 })
  const draft = join(dataDirectory, `secret.${randomUUID()}.draft`)
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // Only a first start has none.
  }
  writeFileSync(draft, randomBytes(keyBytes).toString('base64url'), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // Somebody else was quicker, theirs counts.
  } finally {
    rmSync(draft)
  }
  return readFileSync(file, 'utf8')
}
