// What the house counts and times, for Prometheus.
import type { ProblemCode } from '@fitflow/contract/problems.ts'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export const registry = new Registry()

const retries = new Counter({
  name: 'fitflow_transaction_retries_total',
  help: 'Transactions that met a transient conflict and ran again or gave up, by cause',
  labelNames: ['cause'],
  registers: [registry],
})

const requests = new Histogram({
  name: 'fitflow_http_request_duration_seconds',
  help: 'Time from the first byte of a request to its answer, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5],
  registers: [registry],
})

const problems = new Counter({
  name: 'fitflow_problems_total',
  help: 'Refusals and failures answered, by problem code',
  labelNames: ['code'],
  registers: [registry],
})

const streams = new Gauge({ name: 'fitflow_live_streams', help: 'Streams of live updates that are open', registers: [registry] })

const streamsDropped = new Counter({
  name: 'fitflow_live_streams_dropped_total',
  help: 'Streams of live updates that were let go of because their reader did not keep up',
  registers: [registry],
})

const redisUp = new Gauge({ name: 'fitflow_redis_up', help: 'Whether Redis answers this process; 0 also while it is let alone', registers: [registry] })

const redisAsks = new Counter({
  name: 'fitflow_redis_asks_total',
  help: 'Flights to Redis: answered, refused by it, failed (late or broken off), skipped because it was away',
  labelNames: ['outcome'],
  registers: [registry],
})

const redisSeconds = new Histogram({
  name: 'fitflow_redis_duration_seconds',
  help: 'Time that a flight to Redis took; each carries what was asked in one turn',
  buckets: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1],
  registers: [registry],
})

const sharedReads = new Counter({
  name: 'fitflow_shared_reads_total',
  help: 'What was looked for in Redis, by kind of key, and whether it was there',
  labelNames: ['kind', 'outcome'],
  registers: [registry],
})

/** Says whether Redis answers this process. */
export function showRedis(isUp: boolean): void {
  redisUp.set(Number(isUp))
}

/** Counts one flight to Redis. */
export function countAsk(outcome: 'answered' | 'refused' | 'failed' | 'skipped', milliseconds?: number): void {
  redisAsks.inc({ outcome })
  if (milliseconds !== undefined) redisSeconds.observe(milliseconds / 1000)
}

/** Counts one key that was looked for in Redis. */
export function countReads(kind: string, isHit: boolean): void {
  sharedReads.inc({ kind, outcome: isHit ? 'hit' : 'miss' })
}

/** Counts streams that open (1) or end (-1). */
export function countStream(change: 1 | -1): void {
  streams.inc(change)
}

/** Counts one stream whose reader did not keep up. */
export function countDroppedStream(): void {
  streamsDropped.inc()
}

/** Counts one transient conflict of a transaction. */
export function countRetry(cause: 'conflict' | 'deadlock' | 'bound'): void {
  retries.inc({ cause })
}

const problemsByCode = new Map<ProblemCode, { inc(): void }>()

/** Counts one answer that was a problem. */
export function countProblem(code: ProblemCode): void {
  let counter = problemsByCode.get(code)
  if (!counter) problemsByCode.set(code, (counter = problems.labels(code)))
  counter.inc()
}

/** The stopwatch of one route. Labels are resolved once for each status, because every request passes here. */
export function requestTimer(method: string, route: string): (status: number, milliseconds: number) => void {
  const byStatus = new Map<number, { observe(seconds: number): void }>()
  return (status, milliseconds) => {
    let histogram = byStatus.get(status)
    if (!histogram) byStatus.set(status, (histogram = requests.labels(method, route, String(status))))
    histogram.observe(milliseconds / 1000)
  }
}

let watched = false

/** Watches the process itself, once: memory, CPU, garbage collection, delay of the event loop. */
export function watchProcess(): void {
  if (!watched) collectDefaultMetrics({ register: registry })
  watched = true
}
