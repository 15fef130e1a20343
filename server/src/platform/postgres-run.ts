// The running server process and the watchdog beside it, so that no PostgreSQL outlives the process that started it.
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PostgresHome } from './postgres-home.ts'

export interface RunningPostgres {
  ended: Promise<string>
  stop(): Promise<void>
}

interface Launch {
  home: PostgresHome
  postgres: string
  port: number
  settings: Readonly<Record<string, string>>
  say: (line: string) => void
}

// The shell reads our pipe to its end: it ends when we ask, and also when we are killed with no time to ask.
// The server gets no descriptor of the pipe, else it would keep its own watchdog waiting.
const watchdog = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill -INT $server) &
watch=$!
wait $server
code=$?
kill $watch 2>/dev/null
exit $code`

const alwaysSet = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and key values are people's data: they stay out of the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  // A batch reads hundreds of rows; past these bounds SERIALIZABLE remembers whole tables and sees conflicts that are none.
  max_pred_locks_per_transaction: '1024',
  max_pred_locks_per_page: '64',
}
const lastWordsMax = 20

/** Resolves when the server accepts connections; rejects with its last words when it ends instead. */
export async function runPostgres({ home, postgres, port, settings, say }: Launch): Promise<RunningPostgres> {
  const flags = Object.entries({ ...alwaysSet, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = [postgres, '-D', join(home.directory, 'data'), '-p', String(port), ...flags]
  const child = spawn('/bin/sh', ['-c', watchdog, 'fitflow-postgres', ...server], {
    ...home.account,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    // A session of its own: Ctrl-C in the terminal reaches us, and we stop the server when our work is done.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const lastWords: string[] = []
  const ready = Promise.withResolvers<void>()
  createInterface({ input: child.stderr }).on('line', line => {
    say(line)
    lastWords.push(line)
    if (lastWords.length > lastWordsMax) lastWords.shift()
    if (line.includes('ready to accept connections')) ready.resolve()
  })
  const ended = endOf(child).then(() => lastWords.join('\n'))
  await Promise.race([ready.promise, ended.then(words => Promise.reject(new Error(`PostgreSQL did not start:\n${words}`)))])
  return {
    ended,
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}

/** `close` and not `exit`: only then has everything it said been read. */
function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve())
  })
}
