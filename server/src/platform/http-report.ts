// What is noted about each answer: its time for the metrics, and a line in the log unless a rush would drown it.
import type { ProblemCode } from '@fitflow/contract/problems.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { requestTimer } from './metrics.ts'

/** What an answer to a request was. */
interface Answered {
  traceId: string
  userId: string | null
  /** Unset or 0 where the request failed before anybody looked at the clock. */
  startedMs: number | undefined
  status: number
  code?: ProblemCode
}

export type Report = (answered: Answered) => void

// Enough to see what goes on; in a rush the counters tell the rest.
const linesPerSecond = 20

/** The report of one route. In each second the first answers are logged; a line says how many before it were not. */
export function openReport(log: Log, clock: Clock, route: { method: string; path: string }): Report {
  const time = requestTimer(route.method, route.path)
  let secondEndsMs = 0
  let lines = 0
  let leftOut = 0

  return ({ traceId, userId, startedMs, status, code }) => {
    const nowMs = clock.monotonicMs()
    const tookMs = startedMs ? nowMs - startedMs : 0
    time(status, tookMs)
    if (nowMs >= secondEndsMs) {
      secondEndsMs = nowMs + 1000
      lines = 0
    }
    if (++lines > linesPerSecond) return void leftOut++
    const line = {
      'trace.id': traceId,
      'http.request.method': route.method,
      'url.path': route.path,
      'http.response.status_code': status,
      'event.duration': Math.round(tookMs * 1_000_000),
      ...(userId === null ? {} : { 'user.id': userId }),
      ...(code === undefined ? {} : { 'fitflow.problem': code }),
      ...(leftOut === 0 ? {} : { 'fitflow.lines_left_out': leftOut }),
    }
    leftOut = 0
    log.info(line, 'answered')
  }
}
