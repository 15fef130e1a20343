// What waits behind the scenes, and how late events arrive, for Prometheus: asked of the database only when somebody looks.
import { Counter, Gauge, Histogram } from 'prom-client'
import { registry } from './metrics.ts'

/** What waits: seconds are ages of the oldest. */
export interface Backlog {
  outboxLagSeconds: number
  eventsPending: number
  jobLagSeconds: number
  jobsDue: number
  jobsFailed: number
  /** What waits for a consumer in the database, and what was given up. */
  deliveries: readonly { consumer: string; waiting: number; dead: number }[]
  /** What waits in the broker's queues; null without a broker. */
  broker: { connected: boolean; queues: readonly { consumer: string; waiting: number }[] } | null
}

const eventLag = new Histogram({
  name: 'fitflow_event_lag_seconds',
  help: 'Time from an event to its being handled, by consumer',
  labelNames: ['consumer'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 600],
  registers: [registry],
})

const eventFailures = new Counter({
  name: 'fitflow_event_failures_total',
  help: 'Attempts to handle an event that failed, by consumer and by what became of it: put back, or dead',
  labelNames: ['consumer', 'fate'],
  registers: [registry],
})

const rounds = new Counter({
  name: 'fitflow_loop_rounds_total',
  help: 'Rounds of the sweeps and other loops of a worker, by how they ended',
  labelNames: ['loop', 'end'],
  registers: [registry],
})

// Not there before the first look: a process that never looked has nothing to say.
const findings = new Gauge({ name: 'fitflow_reconciliation_findings', help: 'What the latest daily look at every invariant found broken', registers: [] })
const reconciledAt = new Gauge({ name: 'fitflow_reconciliation_timestamp_seconds', help: 'When every invariant was recomputed last', registers: [] })

/** Tells how many invariants were found broken, and when. */
export function tellReconciled(count: number, at: Temporal.Instant): void {
  for (const gauge of [findings, reconciledAt]) registry.registerMetric(gauge)
  findings.set(count)
  reconciledAt.set(at.epochMilliseconds / 1000)
}

/** Counts an event that a consumer handled this long after it happened. */
export function countHandled(consumer: string, lagSeconds: number): void {
  eventLag.observe({ consumer }, Math.max(0, lagSeconds))
}

/** Counts a failed attempt. */
export function countEventFailure(consumer: string, fate: 'put back' | 'dead'): void {
  eventFailures.inc({ consumer, fate })
}

/** Counts one round of a loop. */
export function countRound(loop: string, end: 'done' | 'failed'): void {
  rounds.inc({ loop, end })
}

// A look that takes longer than this tells nothing; the rest of the metrics must not wait for it.
const lookMsMax = 2000

/** Shows the backlog among this process's metrics, read whenever they are asked for; what it answers ends that. One at a time. */
export function watchBacklog(read: () => Promise<Backlog>): () => void {
  let looking: Promise<void> | undefined
  const look = () => (looking ??= inTime(read()).then(show, () => show(null)).finally(() => (looking = undefined)))
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name: `fitflow_${name}`, help, labelNames, registers: [], collect: look })
  const plain = {
    outboxLagSeconds: gauge('outbox_lag_seconds', 'Age of the oldest event that was not handed on yet'),
    eventsPending: gauge('outbox_pending', 'Events that were not handed on yet'),
    jobLagSeconds: gauge('job_lag_seconds', 'How long the oldest job that is due has been waiting'),
    jobsDue: gauge('jobs_due', 'Jobs that are due and that nobody does yet'),
    jobsFailed: gauge('jobs_failed', 'Jobs that were given up'),
  }
  const waiting = gauge('deliveries_waiting', 'Events that wait for a consumer in the database', ['consumer'])
  const dead = gauge('dead_letters', 'Events that were given up, by consumer', ['consumer'])
  const connected = gauge('broker_connected', 'Whether there is a connection to the broker now: 1 or 0; not there without one')
  const queued = gauge('broker_queue_messages', 'Events that wait for a consumer in the broker', ['consumer'])
  const all = [...Object.values(plain), waiting, dead, connected, queued]

  function show(backlog: Backlog | null): void {
    // Of what could not be read nothing is said, least of all the last figure.
    for (const name of Object.keys(plain) as (keyof typeof plain)[]) plain[name].set(backlog?.[name] ?? Number.NaN)
    for (const labelled of [waiting, dead, queued]) labelled.reset()
    for (const one of backlog?.deliveries ?? []) {
      waiting.set({ consumer: one.consumer }, one.waiting)
      dead.set({ consumer: one.consumer }, one.dead)
    }
    connected.set(backlog?.broker ? Number(backlog.broker.connected) : Number.NaN)
    for (const one of backlog?.broker?.queues ?? []) queued.set({ consumer: one.consumer }, one.waiting)
  }

  for (const one of all) registry.registerMetric(one)
  return () => all.forEach(one => void (registry.getSingleMetric(nameOf(one)) === one && registry.removeSingleMetric(nameOf(one))))
}

const nameOf = (metric: Gauge) => (metric as unknown as { name: string }).name

function inTime<T>(looking: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('too late to be shown')), lookMsMax)
  return Promise.race([looking, late.promise]).finally(() => clearTimeout(timer))
}
