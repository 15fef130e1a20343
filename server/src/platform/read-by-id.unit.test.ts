// What is asked for in one breath is read in one statement, each row once.
import { expect, test } from 'vitest'
import { readById } from './read-by-id.ts'

test('ids of one breath are read together, each once, and those that are not there are undefined', async () => {
  const asked: string[][] = []
  const read = readById(async (ids: readonly string[]) => {
    asked.push([...ids])
    return ids.filter(id => id !== 'gone').map(id => ({ id, name: `the ${id}` }))
  })
  expect(await Promise.all(['cat', 'gone', 'cat', 'dog'].map(read))).toEqual([{ id: 'cat', name: 'the cat' }, undefined, { id: 'cat', name: 'the cat' }, { id: 'dog', name: 'the dog' }])
  expect(asked).toEqual([['cat', 'gone', 'dog']])
})
