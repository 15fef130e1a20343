// A real RabbitMQ for a test file, gone with it.
import { afterAll } from 'vitest'
import { startRabbit, type Rabbit } from '../../tools/rabbitmq.ts'

/** Call it at the top of a test file; it ends with the file. */
export async function aRabbit(): Promise<Omit<Rabbit, 'close'>> {
  const rabbit = await startRabbit()
  afterAll(() => rabbit.close())
  return rabbit
}
