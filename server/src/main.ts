// The command line of FitFlow: picks what to run, prints what a person asked for, and ends with an exit code.
import { program } from 'commander'
import { runCreateAdmin } from './commands/create-admin.ts'
import { runDailyCounts } from './commands/daily-counts.ts'
import { runDeadLetters } from './commands/dead-letters.ts'
import { runMigrate } from './commands/migrate.ts'
import { runReplay } from './commands/replay.ts'
import { writeSchema } from './commands/schema.ts'
import { runSeed } from './commands/seed.ts'
import { runAll, runApi, runWorker } from './commands/serve.ts'
import { runVerify } from './commands/verify.ts'
import { readConfig, type Config } from './config.ts'
import { openLog, type Log } from './platform/log.ts'
import { Problem } from './platform/problem.ts'
import { Refusal } from './platform/refusal.ts'

type Run = (config: Config, log: Log) => Promise<number | void>

/** Runs a command to its end. An expected no is one sentence; anything else is a fault with its stack. */
async function run(command: Run): Promise<void> {
  try {
    const config = readConfig()
    const code = await command(config, openLog(config.logLevel))
    process.exit(code ?? 0)
  } catch (error) {
    // Nobody is above us to catch it: here it becomes words for the person and an exit code.
    const expected = error instanceof Refusal || error instanceof Problem
    console.error(expected ? error.message : error)
    process.exit(1)
  }
}

function define(name: string, description: string, command: Run): void {
  program.command(name).description(description).action(() => run(command))
}

program.name('fitflow').description('Bookings for personal trainers and fitness studios.').showHelpAfterError()
define('all', 'run everything in one process: database if none is set, API, worker and web app', runAll)
define('api', 'run the API and the web app alone, beside others on the same database', runApi)
program
  .command('worker')
  .description('run the event relay, consumers, sweeps and jobs alone')
  .option('--only <part...>', 'only these: relay, jobs, or consumers by their names')
  .action(({ only }: { only?: string[] }) => run((config, log) => runWorker(config, log, only)))
define('migrate', 'bring the database to the schema of this release', runMigrate)
define('verify', 'recompute every invariant on the live data; exit 1 with a list if one is broken', runVerify)
program
  .command('seed')
  .description('fill an empty database with a studio to look at')
  .requiredOption('--demo', 'the demo studio: classes, members and bookings of four weeks')
  .action(() => run(runSeed))
program
  .command('create-admin')
  .description('make an account with the rank admin and print the link that sets its password')
  .requiredOption('--email <address>', 'the address to sign in with')
  .requiredOption('--name <name>', 'the name that others see')
  .action((person: { email: string; name: string }) => run((config, log) => runCreateAdmin(config, log, person)))
program
  .command('daily-counts')
  .description('show what happened on the latest days: holds, promotions, bookings, attendance')
  .option('--rebuild', 'count every day again first, from the rows themselves')
  .action(({ rebuild }: { rebuild?: boolean }) => run((config, log) => runDailyCounts(config, log, rebuild ?? false)))
program
  .command('dead-letters')
  .description('list the events that could not be handled; exit 1 if there are any')
  .option('--resend [consumer]', 'let them be tried again: all, or those of one consumer')
  .action((choice: { resend?: true | string }) => run((config, log) => runDeadLetters(config, log, choice.resend)))
program
  .command('replay')
  .description('hand the events of a time that has passed to one consumer again; it acts on what is true now')
  .requiredOption('--consumer <name>', 'whose: waitlist-manager, analytics, webhooks …')
  .requiredOption('--from <instant>', 'the first instant, like 2027-01-11T09:00:00Z')
  .requiredOption('--to <instant>', 'the first instant that is not meant any more')
  .option('--dry-run', 'only say how many')
  .action((wish: { consumer: string; from: string; to: string; dryRun?: boolean }) => run((config, log) => runReplay(config, log, wish)))
define('schema', 'write server/schema.sql and the row types from the migrations (for developers)', (_config, log) => writeSchema(log))

await program.parseAsync()
