// Where the database's time went: its statements by what they took, for a run that is profiled.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../server/src/platform/db.ts'

export interface Watch {
  begin(): Promise<void>
  /** Writes `<name>.statements.txt`. */
  end(name: string): Promise<void>
}

const listedMax = 40

/** Watches statements with pg_stat_statements, which the stage has loaded for it. */
export async function watchStatements({ sql }: Database, directory: string): Promise<Watch> {
  await sql`create extension if not exists pg_stat_statements`
  return {
    begin: async () => void (await sql`select pg_stat_statements_reset()`),
    async end(name) {
      const rows = await sql<{ line: string }[]>`
        select format('%s ms | %s calls | %s ms + %s planning each | %s rows each | %s buffers each | %s', round(total_exec_time + total_plan_time), calls,
          round((total_exec_time / greatest(calls, 1))::numeric, 3), round((total_plan_time / greatest(calls, 1))::numeric, 3),
          rows / greatest(calls, 1), (shared_blks_hit + shared_blks_read) / greatest(calls, 1),
          regexp_replace(query, '[[:space:]]+', ' ', 'g')) as line
        from pg_stat_statements order by total_exec_time + total_plan_time desc limit ${listedMax}`
      writeFileSync(join(directory, `${name}.statements.txt`), `${rows.map(row => row.line).join('\n')}\n`)
    },
  }
}
