// The command line of FitFlow: picks what to run, prints what a person asked for, and ends with an exit code.
import { program } from 'commander'
import { runMigrate } from './commands/migrate.ts'
import { writeSchema } from './commands/schema.ts'
import { runAll, runApi, runWorker } from './commands/serve.ts'
import { runVerify } from './commands/verify.ts'
import { readConfig, type Config } from './config.ts'
import { openLog, type Log } from './platform/log.ts'
import { Refusal } from './platform/refusal.ts'

type Run = (config: Config, log: Log) => Promise<number | void>

/** Runs a command to its end. Answered problems of starting are one sentence; anything else is a fault with its stack. */
async function run(command: Run): Promise<void> {
  try {
    const config = readConfig()
    const code = await command(config, openLog(config.logLevel))
    process.exit(code ?? 0)
  } catch (error) {
    // Nobody is above us to catch it: here it becomes words for the person and an exit code.
    console.error(error instanceof Refusal ? error.message : error)
    process.exit(1)
  }
}

function define(name: string, description: string, command: Run) {
  return program.command(name).description(description).action(() => run(command))
}

program.name('fitflow').description('Bookings for personal trainers and fitness studios.').showHelpAfterError()
define('all', 'run everything in one process: database if none is set, API, worker and web app', runAll)
define('api', 'run the API and the web app alone, beside others on the same database', runApi)
define('worker', 'run the event relay, consumers, sweeps and jobs alone', runWorker)
define('migrate', 'bring the database to the schema of this release', runMigrate)
define('verify', 'recompute every invariant on the live data; exit 1 with a list if one is broken', runVerify)
define('schema', 'write server/schema.sql and the row types from the migrations (for developers)', (_config, log) => writeSchema(log))

await program.parseAsync()
