// What PostgreSQL does to answer each statement, heard while the server's own code runs: its auto_explain, told over the wire.
import type { Database } from '../../src/platform/db.ts'
import { growingTables } from './years.ts'

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Plan Rows': number
  Plans?: Node[]
}

interface Explained {
  'Query Text': string
  Plan: Node
}

/** More than any page, batch or queue has: an index read from end to end is no better than the table. */
const rowsMax = 5000

/** From the next connection on, each statement's plan is told as it runs: triggers and checks of references among them. */
export async function tellPlans({ sql }: Database): Promise<void> {
  const [{ name }] = await sql<[{ name: string }]>`select current_database() as name`
  const settings = { session_preload_libraries: 'auto_explain', 'auto_explain.log_min_duration': '0', 'auto_explain.log_format': 'json' }
  const told = { 'auto_explain.log_level': 'notice', 'auto_explain.log_nested_statements': 'on', ...settings }
  await sql`load 'auto_explain'`
  for (const [key, value] of Object.entries(told)) await sql.unsafe(`alter database ${name} set ${key} = '${value}'`)
}

/** Gathers plans; `found` lists the statements that read a whole growing table, each once with what they did. */
export function gatherPlans() {
  const found = new Map<string, string>()
  let heard = 0
  let during = ''
  return {
    found: () => [...found].map(([text, what]) => `${what}: ${text}`),
    heard: () => heard,
    /** Names what is going on, for the finding. */
    during: (what: string) => void (during = what),
    hear(message: string): void {
      const json = /^duration: .*plan:\s*(\{[\s\S]*\})\s*$/.exec(message)?.[1]
      if (json === undefined) return
      heard++
      const { 'Query Text': text, Plan } = JSON.parse(json) as Explained
      const what = wholeReads(Plan, false)
      if (what.length > 0) found.set(text.replaceAll(/\s+/g, ' ').trim(), `${during}, ${what.join(', ')}`)
    },
  }
}

function wholeReads(node: Node, limited: boolean): string[] {
  const below = (node.Plans ?? []).flatMap(child => wholeReads(child, limited || node['Node Type'] === 'Limit'))
  const table = node['Relation Name']
  if (table === undefined || !grows(table)) return below
  if (node['Node Type'] === 'Seq Scan') return [...below, `a sequential scan of ${table}`]
  const isWholeIndex = node['Node Type'].startsWith('Index') && node['Index Cond'] === undefined
  const many = isWholeIndex && !limited && node['Plan Rows'] > rowsMax
  return many ? [...below, `all ${node['Plan Rows']} rows of ${table} by ${node['Index Name']}`] : below
}

/** Partitions are named after their table. */
const grows = (relation: string): boolean => growingTables.some(table => relation === table || relation.startsWith(`${table}_`))
