// `npm run drill [-- api postgres]`: breaks one thing after the other in the middle of a rush, prints what it did and counted; exit code 1 on a miss.
import { cuts } from './cut-off.ts'
import { faults, type Fault } from './faults.ts'
import { judge, type Verdict } from './judge.ts'
import { whyNoIslands } from './partition.ts'
import { sleep } from './rush.ts'
import { openStage, type Stage } from './stage.ts'

const all = [...faults, ...cuts]
const chosen = process.argv.slice(2)
const unknown = chosen.filter(name => !all.some(fault => fault.name === name))
const warmUpMs = 3000

async function main(): Promise<number> {
  if (unknown.length > 0) {
    console.log(`There is no fault ${unknown.join(', ')}: choose of ${all.map(fault => fault.name).join(', ')}.`)
    return 1
  }
  console.log('Three APIs, two workers, PostgreSQL, RabbitMQ and a rush that does not end …')
  const stage = await openStage()
  let closing: Promise<void> | undefined
  const close = () => (closing ??= stage.close())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close().then(() => process.exit(130)))
  let missed = 0
  try {
    await sleep(warmUpMs)
    for (const fault of all.filter(one => chosen.length === 0 || chosen.includes(one.name))) {
      const reason = whyNot(fault, stage)
      if (reason !== null) console.log(`\nleft out: ${fault.what}: ${reason}`)
      else if (!(await hold(fault, stage))) missed++
    }
    const { booked, full, again } = stage.ground.rush.counts
    console.log(`\n${booked} booked, ${full} found a class full, ${again} requests were sent again. ${missed === 0 ? 'Everything held.' : `${missed} missed.`}`)
  } finally {
    await close()
  }
  return missed === 0 ? 0 : 1
}

function whyNot({ name, needs }: Fault, { engines }: Stage): string | null {
  if (needs !== undefined && !(needs in engines)) return `this release knows no ${needs}`
  return cuts.some(one => one.name === name) ? whyNoIslands() : null
}

/** Whether everything held. */
async function hold(fault: Fault, stage: Stage): Promise<boolean> {
  const { rush } = stage.ground
  const before = { ...rush.counts }
  const found = (await fault.run(stage)) ?? []
  const verdict = await judge(stage.ground, fault)
  verdict.wrong.unshift(...found)
  tell(fault.what, verdict, { booked: rush.counts.booked - before.booked, again: rush.counts.again - before.again })
  return verdict.wrong.length === 0
}

function tell(what: string, { backMs, lagMs, inTimeMs, booked, mailed, wrong }: Verdict, during: { booked: number; again: number }): void {
  console.log(`\n${wrong.length === 0 ? 'held' : 'MISSED'}: ${what}`)
  console.log(`  ${during.booked} booked and ${during.again} requests sent again meanwhile; every API booked ${Math.round(backMs)} ms after it; an event reached every consumer in ${Math.round(lagMs)} ms, ${Math.round(inTimeMs / 1000)} s after it`)
  console.log(`  ${mailed.arrived} mails came, ${mailed.twice} of them twice; the last came ${Math.round(mailed.settledMs / 1000)} s after nobody booked any more`)
  console.log(`  ${booked} bookings that somebody was told of are there, nobody has two, every invariant holds`.replace(/.*/, line => (wrong.length === 0 ? line : `  ${wrong.slice(0, 10).join('\n  ')}`)))
}

process.exitCode = await main()
