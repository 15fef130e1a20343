// The programs that tests and benchmarks need and npm does not bring: taken from the machine, else installed from Debian as root, else asked for.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Program {
  /** What a person knows it as. */
  name: string
  /** Names it has on different systems, best first. */
  commands: string[]
  debianPackage: string
  /** Names another place for it. */
  variable?: string
}

export const chromium: Program = {
  name: 'Chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  debianPackage: 'chromium',
  variable: 'CHROME_PATH',
}

export const zbarimg: Program = { name: 'zbarimg, which reads QR codes', commands: ['zbarimg'], debianPackage: 'zbar-tools' }

export const rabbitmq: Program = {
  name: 'RabbitMQ',
  // Debian's command of that name is a wrapper that changes the user; the server itself lies beside it.
  commands: ['../lib/rabbitmq/bin/rabbitmq-server', 'rabbitmq-server'],
  debianPackage: 'rabbitmq-server',
}

/** Comes with RabbitMQ: Erlang's register of the nodes of a machine. */
export const epmd: Program = { name: "Erlang's epmd", commands: ['epmd'], debianPackage: 'erlang-base' }

/** Brings redis-cli with it. */
export const redisServer: Program = { name: 'Redis', commands: ['redis-server'], debianPackage: 'redis-server' }

/** For benchmarks: sends what belongs together to one process. */
export const haproxy: Program = { name: 'HAProxy', commands: ['haproxy'], debianPackage: 'haproxy' }

/** Firewall rules, for drills that cut a process off. */
export const nft: Program = { name: 'nft', commands: ['nft'], debianPackage: 'nftables' }

/** The path of a program, installing it when that is possible. Throws one sentence for the person otherwise. */
export function provide(program: Program): string {
  const found = find(program)
  if (found) return found
  const installed = installAsRoot(program.debianPackage) && find(program)
  if (installed) return installed
  const otherwise = program.variable ? `, or set ${program.variable} to its path` : ''
  throw new Error(`There is no ${program.name} here: install it (on Debian: apt-get install ${program.debianPackage})${otherwise}.`)
}

function find({ commands, variable }: Program): string | undefined {
  const named = variable && process.env[variable]
  if (named && !existsSync(named)) throw new Error(`${variable} is ${named}, and there is nothing there.`)
  if (named) return named
  // A plain user's path leaves out where servers lie.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return commands.flatMap(command => folders.map(folder => join(folder, command))).find(path => existsSync(path))
}

function installAsRoot(debianPackage: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  const apt = (...words: string[]) =>
    spawnSync('apt-get', ['-qq', ...words], {
      // In that runlevel Debian starts no service that it installs: the tests start what they need themselves.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    }).status === 0
  console.log(`Installing ${debianPackage} …`)
  return apt('update') && apt('install', '-y', '--no-install-recommends', debianPackage)
}
