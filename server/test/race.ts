// A race with its guards taken away one by one: racers on handles of their own meet after they have read and before they write.
import type { Clock } from '../src/platform/clock.ts'
import type { Database } from '../src/platform/db.ts'
import type { Guards } from '../src/platform/guards.ts'
import { aDatabase } from './database.ts'
import { anotherHandle } from './handles.ts'

export type Stage = Awaited<ReturnType<typeof aDatabase>>

/** Where one race is run: a database, and a handle on it for each racer. */
export interface Lane {
  name: string
  stage: Stage
  racers: Database[]
}

interface Wish {
  racers: number
  /** SQL that takes the constraints away that would hold the race alone. */
  unconstrained: string
  /** Which reading of the clock within a transaction they meet at: the first one that comes after what is decided on was read. */
  meetAt?: number
  /** The clock of one racer; the stage's unless told. */
  clockOf?: (stage: Stage, racer: number) => Clock
}

const none: Partial<Guards> = { advisoryLock: false, rowLock: false, isolation: 'read committed' }

/** `held` are the lanes in which exactly one guard, or all of them, must hold; in `control` there is none. */
export async function aRace(wish: Wish): Promise<{ held: [string, Lane][]; control: Lane }> {
  const [sound, bare] = [await aDatabase(), await aDatabase({ keepsInvariants: false })]
  for (const { db } of [sound, bare]) await db.sql.unsafe(meeting)
  await bare.db.sql.unsafe(wish.unconstrained)
  const lane = (name: string, stage: Stage, missing: Partial<Guards>, waitMs = barredMs): Lane => {
    const racers = Array.from({ length: wish.racers }, (_, at) =>
      anotherHandle({ url: stage.url, clock: meets(wish.clockOf?.(stage, at) ?? stage.clock, wish, waitMs) }, missing),
    )
    return { name, stage, racers }
  }
  const held = [
    lane('every guard', sound, {}),
    lane('the advisory lock alone', bare, { ...none, advisoryLock: true }),
    lane('the row locks alone', bare, { ...none, rowLock: true }),
    lane('the isolation alone', bare, { ...none, isolation: 'serializable' }),
    lane('the constraints alone', sound, none),
  ]
  return { held: held.map(one => [one.name, one]), control: lane('none', bare, none, allMs) }
}

// Whose way is barred by a guard never arrives, so nobody waits long for them; where there is none, everybody comes.
const barredMs = 300
const allMs = 4000

const meeting = `
  create sequence arrivals minvalue 0 start 0;
  select nextval('arrivals');
  create function meet(racers int, meet_at int, wait_ms int) returns boolean language plpgsql as $$
  declare
    turn int := coalesce(nullif(current_setting('race.turn', true), ''), '0')::int + 1;
    everybody bigint;
    latest timestamptz := clock_timestamp() + wait_ms * interval '1 millisecond';
  begin
    perform set_config('race.turn', turn::text, true);
    if turn <> meet_at then return true; end if;
    everybody := ((nextval('arrivals') + racers - 1) / racers) * racers;
    while (select last_value from arrivals) < everybody and clock_timestamp() < latest loop
      perform pg_sleep(0.001);
    end loop;
    return true;
  end $$`

/** The same clock; whoever reads it inside a transaction waits there for the other racers. */
function meets(clock: Clock, { racers, meetAt = 1 }: Wish, waitMs: number): Clock {
  return { ...clock, expression: sql => sql`(select ${clock.expression(sql)} where meet(${racers}, ${meetAt}, ${waitMs}))` }
}

/** Lets a race begin: everybody of the last one has left, and everybody of this one has their connections. */
export async function ready({ stage, racers }: Lane): Promise<void> {
  await Promise.all(racers.flatMap(({ sql, critical }) => [sql`select 1`, critical`select 1`]))
  await stage.db.sql`select setval('arrivals', 0)`
}

// Where nothing keeps racers apart they still miss each other now and then; a guard would keep them apart every time.
const racesMax = 20

/** For a control: where some of what is decided on is read after the racers met, one may be through before the other looks; then they race again. */
export async function raceUntil<Outcome>(race: () => Promise<Outcome>, isLost: (outcome: Outcome) => boolean): Promise<Outcome> {
  let outcome = await race()
  for (let races = 1; races < racesMax && !isLost(outcome); races++) outcome = await race()
  return outcome
}

/** For a control that can be raced again as it stands. Where nothing keeps racers apart they still miss each other now and then. */
export const untilTheyMeet = { timeout: 15_000, interval: 0 }
