// One JSON line an event, in the field names that Elastic's tools read without configuration.
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const program = `
import { openLog, tracedLog } from '${new URL('log.ts', import.meta.url)}'
const log = openLog('info')
log.debug('not said')
tracedLog(log, 'trace-1').info({ 'session.id': 's-1' }, 'said')
log.error(new RangeError('beyond', { cause: new Error('deeper') }), 'went wrong')
process.exit(0)`

test('every line is ECS, and all of them are out before the process ends', () => {
  const text = execFileSync('/bin/sh', ['-c', '"$0" --input-type=module -e "$1" 2>&1', process.execPath, program], { encoding: 'utf8' })
  const lines = text.trim().split('\n').map(line => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toHaveLength(2)
  // What is written at the very end may overtake a line on its way: the time of each says which came first.
  const [said, failed] = ['said', 'went wrong'].map(message => lines.find(line => line['message'] === message))
  expect(said).toMatchObject({
    '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    'log.level': 'info',
    'ecs.version': expect.any(String),
    'service.name': 'fitflow',
    'trace.id': 'trace-1',
    'session.id': 's-1',
    message: 'said',
  })
  expect(failed).toMatchObject({
    'log.level': 'error',
    message: 'went wrong',
    error: { type: 'RangeError', message: 'beyond', stack_trace: expect.stringContaining('RangeError'), cause: { message: 'deeper' } },
  })
})
