// One process in a network namespace of its own, from which it reaches an engine through a gate that drop rules can shut.
import { execFileSync } from 'node:child_process'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { provide, nft } from '../../tools/programs.ts'

export interface Island {
  /** Put before a command to run it there. */
  within: string[]
  /** How we reach what runs there. */
  address: string
  /** Opens a gate to an engine of this machine that stays open; answers the address it has over there. */
  open(url: string): Promise<string>
  /** Opens a gate that can be shut. */
  gateTo(url: string): Promise<string>
  /** From now on nothing goes through the gates, in neither direction, and nobody is told. */
  cut(): void
  heal(): void
  close(): Promise<void>
}

/** Why this machine cannot do it, or null. */
export function whyNoIslands(): string | null {
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  try {
    execFileSync('ip', ['netns', 'list'], { stdio: 'ignore' })
    provide(nft)
    return null
  } catch (error) {
    // Whatever is missing is the reason.
    return error instanceof Error ? (error.message.split('\n')[0] as string) : String(error)
  }
}

/** Makes a namespace with one wire to us; `number` keeps islands apart. */
export function openIsland(number: number): Island {
  const name = `fitflow-drill-${process.pid}-${number}`
  const [here, there] = [`10.213.${number}.1`, `10.213.${number}.2`]
  const [wire, end] = [`ffd${number}a${process.pid % 10_000}`, `ffd${number}b${process.pid % 10_000}`]
  const ip = (...words: string[]) => void execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'inherit'] })
  const within = ['ip', 'netns', 'exec', name]
  ip('netns', 'add', name)
  ip('link', 'add', wire, 'type', 'veth', 'peer', 'name', end, 'netns', name)
  ip('addr', 'add', `${here}/24`, 'dev', wire)
  ip('link', 'set', wire, 'up')
  ip('-n', name, 'addr', 'add', `${there}/24`, 'dev', end)
  ip('-n', name, 'link', 'set', end, 'up')
  ip('-n', name, 'link', 'set', 'lo', 'up')
  const gates: { server: Server; port: number; open: Set<Socket>; shuts: boolean }[] = []
  const reach = async (url: string, shuts: boolean) => {
    const target = new URL(url)
    const gate = { ...(await openGate(here, Number(target.port))), shuts }
    gates.push(gate)
    target.host = `${here}:${gate.port}`
    return target.href
  }
  const rules = (text: string) => void execFileSync(within[0] as string, [...within.slice(1), provide(nft), '-f', '-'], { input: text })
  return {
    ...{ within, address: there },
    open: url => reach(url, false),
    gateTo: url => reach(url, true),
    cut() {
      const ports = gates.filter(gate => gate.shuts).map(gate => gate.port).join(', ')
      rules(`table inet drill {
        chain out { type filter hook output priority 0; tcp dport { ${ports} } drop; }
        chain in { type filter hook input priority 0; tcp sport { ${ports} } drop; }
      }\n`)
    },
    heal: () => rules('delete table inet drill\n'),
    async close() {
      for (const { server, open } of gates) {
        for (const socket of open) socket.destroy()
        server.close()
      }
      ip('netns', 'del', name)
    },
  }
}

/** Passes on to an engine on loopback whatever comes to `address`. */
async function openGate(address: string, port: number) {
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, near => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true })
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.on('error', () => other.destroy()).on('close', () => void (open.delete(one), other.destroy()))
      one.pipe(other)
    }
  }).listen(0, address)
  await once(server, 'listening')
  const bound = server.address()
  return { server, port: typeof bound === 'object' && bound ? bound.port : 0, open }
}
