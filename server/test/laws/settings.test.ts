// The law of settings: none is there for show.
import { expect, test } from 'vitest'
import { settingShapes } from '@fitflow/contract/settings.ts'
import { files, isTest, textOf } from './sources.ts'

// Where settings are kept, judged and made up says nothing about whether anybody goes by them.
const own = /^server\/src\/(schedule\/(.*-)?settings|demo\/)/

test('every setting is read by code that is not about settings', () => {
  const readers = files('server/src/**/*.ts').filter(path => !isTest(path) && !own.test(path)).map(textOf).join('\n')
  const unread = Object.keys(settingShapes).filter(name => !new RegExp(`\\b${name}\\b`).test(readers))
  expect(unread, 'an owner would change it and nothing would').toEqual([])
})
