// `all`, `api` and `worker`: the processes that run until they are stopped.
import { startApi } from '../api.ts'
import { originOf, type Config } from '../config.ts'
import { approachHouse, type Doorway, type OpenHouse } from '../house.ts'
import { listenForStop, stopped, type Running } from '../lifetime.ts'
import { openWorkerDoor } from '../platform/http-worker.ts'
import { refuseTakenPort } from '../platform/listening.ts'
import type { Log } from '../platform/log.ts'
import { conveniences, readiness } from '../readiness.ts'
import { buildWeb } from '../web-build.ts'
import { startWorker } from '../worker.ts'
import { printLetter } from './print-letter.ts'
import { seedFirstStart } from './seed.ts'
import { welcome } from './welcome.ts'

/** API, worker and web app in one process; answers the exit code. */
export async function runAll(config: Config, log: Log): Promise<number> {
  const stop = listenForStop(log, config)
  const doorway = await approachHouse(config, log, 'alone')
  await refuseTakenPort(config)
  const announce = () => console.log('Building the web app. Later starts skip this while its sources are the same.')
  // Both are slow the first time, and neither needs the other.
  const [house, web] = await Promise.allSettled([openFurnished(doorway), buildWeb(announce, stop)])
  if (house.status === 'rejected') throw house.reason
  if (web.status === 'rejected') {
    await house.value.close()
    if (stop.aborted) return 0
    throw web.reason
  }
  return keepOpen(house.value, stop, async () => {
    const worker = await startWorker(house.value)
    const api = await startApi(house.value, printLetter)
    await welcome(house.value)
    // The API first: what it still finishes may wake the worker.
    return { stop: async () => void (await api.stop(), await worker.stop()) }
  })
}

async function openFurnished(doorway: Doorway): Promise<OpenHouse> {
  const house = await doorway.open()
  await seedFirstStart(house)
  return house
}

/** HTTP alone; any number may run beside each other. */
export async function runApi(config: Config, log: Log): Promise<number> {
  const stop = listenForStop(log, config)
  const doorway = await approachHouse(config, log, 'beside')
  await refuseTakenPort(config)
  const house = await doorway.open()
  return keepOpen(house, stop, async () => {
    const api = await startApi(house, printLetter)
    await welcome(house)
    return api
  })
}

/** Relay, consumers, sweeps and jobs alone, or only some of them; any number may run beside each other. */
export async function runWorker(config: Config, log: Log, only?: readonly string[]): Promise<number> {
  const stop = listenForStop(log, config)
  const doorway = await approachHouse(config, log, 'beside')
  const { host, metricsPort, metricsToken } = config
  if (metricsPort !== null) await refuseTakenPort({ host, port: metricsPort })
  const house = await doorway.open()
  return keepOpen(house, stop, async () => {
    const worker = await startWorker(house, only)
    const door = await openWorkerDoor({ host, port: metricsPort, log, clock: house.clock, metricsToken, readiness: () => readiness(house), conveniences: () => conveniences(house) })
    console.log(`FitFlow's worker is running; how it is: ${originOf(host, door.port)}/metrics`)
    return { stop: async () => void (await worker.stop(), await door.stop()) }
  })
}

async function keepOpen(house: OpenHouse, stop: AbortSignal, start: () => Promise<Running>): Promise<number> {
  if (stop.aborted) {
    await house.close()
    return 0
  }
  const running = await start()
  const lost = await Promise.race([stopped(stop).then(() => null), house.lost])
  if (lost !== null) house.log.fatal({ reason: lost }, 'the database is gone')
  house.leave()
  await running.stop()
  await house.close()
  return lost === null ? 0 : 1
}
