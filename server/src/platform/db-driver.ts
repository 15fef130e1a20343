// PostgreSQL's driver, mended as it is loaded. A connection that was reserved and broke, as all do when PostgreSQL dies, is written to
// again by its holder: `postgres` 3.4.9 then ends the process, or hands the dead connection to the next one who asks, or lets the last
// holder's ROLLBACK reach the next one's transaction (porsager/postgres#1208, #1154).
import { registerHooks } from 'node:module'

interface Mend {
  file: string
  was: string
  becomes: string
}

const mends: readonly Mend[] = [
  {
    file: '/postgres/src/index.js',
    was: 'c.reserved.release = true\n',
    becomes: 'c.reserved.release = true\n    let broken = null\n    c.onclose = e => { broken = e; while (queue.length) queue.shift().reject(e) }\n',
  },
  {
    file: '/postgres/src/index.js',
    was: 'sql.release = () => {\n      c.reserved = null\n',
    becomes: 'sql.release = () => {\n      if (broken) return\n      c.onclose = null\n      c.reserved = null\n',
  },
  {
    file: '/postgres/src/index.js',
    was: 'return sql\n\n    function handler(q) {\n',
    becomes: 'return sql\n\n    function handler(q) {\n      if (broken) return q.reject(broken)\n',
  },
  {
    // Who waits to reserve stands in line and rides on a connection that is being made. Refused there, the place in line was kept: a
    // connection that came later was given to nobody, one for each, until the pool had none.
    file: '/postgres/src/index.js',
    was: 'const query = { reserve: resolve, reject }\n',
    becomes: 'const query = { reserve: resolve, reject: e => { queries.remove(query); reject(e) } }\n',
  },
  {
    // Taken out of the line for a new attempt, nobody gave it that connection when it came.
    file: '/postgres/src/index.js',
    was: 'queries.length && connect(c, queries.shift())\n  }',
    becomes: 'const next = queries.shift()\n    next && next.reserve && queries.push(next)\n    next && connect(c, next)\n  }',
  },
  {
    // What was asked between the error and the end of its connection was never answered, not even refused.
    file: '/postgres/src/connection.js',
    was: '!hadError && (query || sent.length) && error(',
    becomes: ';(query || sent.length) && error(',
  },
  {
    // What was not sent yet would be the first thing that the next connection says.
    file: '/postgres/src/connection.js',
    was: 'incomings = null\n    clearImmediate(nextWriteTimer)\n',
    becomes: 'incomings = null\n    clearImmediate(nextWriteTimer)\n    nextWriteTimer = chunk = null\n',
  },
]

const hooks = registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const due = mends.filter(({ file }) => url.endsWith(file))
    return due.length === 0 ? loaded : { ...loaded, source: due.reduce(mended, sourceOf(loaded.source)) }
  },
})

const sourceOf = (source: unknown) => (typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array))

function mended(source: string, { file, was, becomes }: Mend): string {
  // Another version may have the fault in another place, or not at all.
  if (source.split(was).length !== 2) throw new Error(`${file} is not the driver that was mended here: look whether it still needs it.`)
  return source.replace(was, becomes)
}

export const { default: postgres } = await import('postgres')
hooks.deregister()
