// What PostgreSQL does to answer each statement, heard while the server's own code runs: its auto_explain, told over the wire.
import type { Database } from '../../src/platform/db.ts'
import { growingTables } from './years.ts'

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Plan Rows': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

interface Explained {
  'Query Text': string
  Plan: Node
}

/** More than any page, batch or queue has: an index read from end to end is no better than the table. */
const rowsMax = 5000
/** What an index brings is what was asked for: so many rows that were not wanted came by the wrong one. */
const unwantedMax = 1000

/** From the next connection on, each statement's plan is told as it runs: triggers and checks of references among them. */
export async function tellPlans({ sql }: Database): Promise<void> {
  const [{ name }] = await sql<[{ name: string }]>`select current_database() as name`
  const settings = { session_preload_libraries: 'auto_explain', 'auto_explain.log_min_duration': '0', 'auto_explain.log_format': 'json' }
  const counted = { 'auto_explain.log_analyze': 'on', 'auto_explain.log_timing': 'off' }
  const told = { 'auto_explain.log_level': 'notice', 'auto_explain.log_nested_statements': 'on', ...counted, ...settings }
  await sql`load 'auto_explain'`
  for (const [key, value] of Object.entries(told)) await sql.unsafe(`alter database ${name} set ${key} = '${value}'`)
}

interface Sorted {
  table: string
  column: string
}

/** What each index is sorted by first. */
export async function sortedIndexes({ sql }: Database): Promise<Map<string, Sorted>> {
  const rows = await sql<(Sorted & { index: string })[]>`
    select c.relname as index, t.relname as table, pg_get_indexdef(i.indexrelid, 1, true) as column
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace`
  return new Map(rows.map(({ index, ...sorted }) => [index, sorted]))
}

/**
 * Gathers plans; `found` lists the statements that read a whole growing table, `wasteful` those that an index brought much in
 * vain, each once with what they did.
 */
export function gatherPlans(indexes: ReadonlyMap<string, Sorted>) {
  const found = new Map<string, string>()
  const wasteful = new Map<string, string>()
  const list = (of: Map<string, string>) => [...of].map(([text, what]) => `${what}: ${text}`)
  let heard = 0
  let during = ''
  return {
    found: () => list(found),
    wasteful: () => list(wasteful),
    heard: () => heard,
    /** Names what is going on, for the finding. */
    during: (what: string) => void (during = what),
    hear(message: string): void {
      const json = /^duration: .*plan:\s*(\{[\s\S]*\})\s*$/.exec(message)?.[1]
      if (json === undefined) return
      heard++
      const { 'Query Text': text, Plan } = JSON.parse(json) as Explained
      const statement = text.replaceAll(/\s+/g, ' ').trim()
      const [whole, vain] = [wholeReads(Plan, { limited: false, indexes }), broughtInVain(Plan)]
      if (whole.length > 0) found.set(statement, `${during}, ${whole.join(', ')}`)
      if (vain.length > 0) wasteful.set(statement, `${during}, ${vain.join(', ')}`)
    },
  }
}

function wholeReads(node: Node, by: { limited: boolean; indexes: ReadonlyMap<string, Sorted> }): string[] {
  const limited = by.limited || node['Node Type'] === 'Limit'
  const below = (node.Plans ?? []).flatMap(child => wholeReads(child, { ...by, limited }))
  const { 'Index Name': index = '', 'Index Cond': condition } = node
  const sorted = by.indexes.get(index)
  const table = node['Relation Name'] ?? sorted?.table
  if (table === undefined || !grows(table)) return below
  if (node['Node Type'] === 'Seq Scan') return [...below, `a sequential scan of ${table}`]
  if (index === '') return below
  // It skips from each value of its first column to the next: as many searches as there are members, say.
  const skips = condition !== undefined && !condition.includes(sorted?.column ?? '')
  if (skips) return [...below, `every ${sorted?.column} in ${index} of ${table}`]
  const many = condition === undefined && !limited && node['Plan Rows'] > rowsMax
  return many ? [...below, `all ${node['Plan Rows']} rows of ${table} by ${index}`] : below
}

function broughtInVain(node: Node): string[] {
  const below = (node.Plans ?? []).flatMap(broughtInVain)
  const { 'Rows Removed by Filter': unwanted = 0, 'Relation Name': table, 'Index Name': index } = node
  return unwanted > unwantedMax && index !== undefined ? [...below, `${unwanted} unwanted rows of ${table} by ${index}`] : below
}

/** Partitions are named after their table. */
const grows = (relation: string): boolean => growingTables.some(table => relation === table || relation.startsWith(`${table}_`))
