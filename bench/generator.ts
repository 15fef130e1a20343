// The process that makes load: asked over IPC, so that measuring costs the measured process nothing but the load itself.
import { runHttp, type HttpJob, type HttpResult } from './http-load.ts'
import { runSql, type SqlJob, type SqlResult } from './sql-load.ts'

export type Job = HttpJob | SqlJob
export type Reply = { result: HttpResult | SqlResult } | { error: string }

process.on('message', (job: Job) => {
  const run: Promise<HttpResult | SqlResult> = job.kind === 'http' ? runHttp(job) : runSql(job)
  run.then(
    result => process.send?.({ result } satisfies Reply),
    (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Reply),
  )
})
// Whoever asked is gone.
process.once('disconnect', () => process.exit(0))
