// Every statement of the server's code, described by PostgreSQL itself against the migrated schema.
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { aDatabase } from './database.ts'
import { statements, type RoughType, type Statement } from './sql-templates.ts'

const { db } = await aDatabase()
const { traced, untraced } = statements()

const byType: Record<number, RoughType> = {
  16: 'boolean',
  20: 'number',
  21: 'number',
  23: 'number',
  25: 'string',
  700: 'number',
  701: 'number',
  1043: 'string',
  1082: 'PlainDate',
  1184: 'Instant',
  1700: 'string',
  2950: 'string',
}

async function mistakes({ at, text, row }: Statement): Promise<string[]> {
  try {
    const { columns } = await db.sql.unsafe(text).describe()
    const given = new Map(columns.map(({ name, type }) => [postgres.toCamel(name), byType[type] ?? 'anything']))
    return [...(row ?? [])].flatMap(([name, type]) => {
      const is = given.get(name)
      if (is === undefined) return [`${at} promises ${name}, which the statement does not return`]
      return is === type || [is, type].includes('anything') ? [] : [`${at} says ${name} is ${type}, but it is ${is}`]
    })
  } catch (error) {
    // PostgreSQL's words are the finding.
    return [`${at} ${error instanceof Error ? error.message : String(error)}`]
  }
}

test('PostgreSQL understands every statement, and it returns what its row type says', async () => {
  expect(traced.length).toBeGreaterThan(0)
  const found = await Promise.all(traced.map(mistakes))
  expect(found.flat()).toEqual([])
})

test('at most one statement in ten is put together only when it runs', () => {
  expect(untraced.length, untraced.join('\n')).toBeLessThanOrEqual(traced.length / 10)
})
