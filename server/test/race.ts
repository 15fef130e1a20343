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
  /** The clock of one racer; the stage's unless told. */
  clockOf?: (stage: Stage, racer: number) => Clock
}

interface Race {
  /** The lanes in which exactly one guard, or all of them, must hold. */
  held: [string, Lane][]
  /** There is none, and the race is lost. */
  control: Lane
  /** A lane in which it must be lost although this much is left. */
  losing: (left: Partial<Guards>) => Lane
}

const none: Partial<Guards> = { advisoryLock: false, rowLock: false, isolation: 'read committed' }

export async function aRace(wish: Wish): Promise<Race> {
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
  const losing = (left: Partial<Guards>) => lane('none that holds', bare, { ...none, ...left }, allMs)
  return { held: held.map(one => [one.name, one]), control: losing({}), losing }
}

// Whose way is barred by a guard never arrives, so nobody waits long for them; where there is none, everybody comes.
const barredMs = 300
const allMs = 4000

// Nobody writes before everybody has decided: each waits in front of the first statement that writes, whatever table it is about.
const meeting = `
  create sequence arrivals minvalue 0 start 0;
  select nextval('arrivals');
  create function races(racers int, wait_ms int) returns boolean language plpgsql as $$
  begin
    if coalesce(current_setting('race.racers', true), '') = '' then
      perform set_config('race.wait_ms', wait_ms::text, true), set_config('race.racers', racers::text, true);
    end if;
    return true;
  end $$;
  create function meet() returns trigger language plpgsql as $$
  declare
    racers int := coalesce(nullif(current_setting('race.racers', true), ''), '0')::int;
    everybody bigint;
    latest timestamptz;
  begin
    if racers = 0 then return null; end if;
    perform set_config('race.racers', '0', true);
    latest := clock_timestamp() + current_setting('race.wait_ms')::int * interval '1 millisecond';
    everybody := ((nextval('arrivals') + racers - 1) / racers) * racers;
    while (select last_value from arrivals) < everybody and clock_timestamp() < latest loop
      perform pg_sleep(0.001);
    end loop;
    return null;
  end $$;
  do $$
  declare one regclass;
  begin
    for one in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop
      execute format('create trigger a_meeting before insert or update or delete on %s for each statement execute function meet()', one);
    end loop;
  end $$`

/** The same clock; whoever reads it inside a transaction is a racer there. */
function meets(clock: Clock, { racers }: Wish, waitMs: number): Clock {
  return { ...clock, expression: sql => sql`(select ${clock.expression(sql)} where races(${racers}, ${waitMs}))` }
}

/** Lets a race begin: everybody of the last one has left, and everybody of this one has their connections. */
export async function ready({ stage, racers }: Lane): Promise<void> {
  await Promise.all(racers.flatMap(({ sql, critical }) => [sql`select 1`, critical`select 1`]))
  await stage.db.sql`select setval('arrivals', 0)`
}

/** For a control, which is raced again as it stands: on a busy machine a racer may come too late to meet the others; a guard would keep them apart every time. */
export const untilTheyMeet = { timeout: 15_000, interval: 0 }
