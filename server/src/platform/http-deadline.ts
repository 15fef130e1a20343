// How long anybody waits for an answer: who cannot be answered is told to come again, instead of never.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Exit } from './http-answer.ts'
import { Problem } from './problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it was answered already that it takes too long. */
    isLate: boolean
  }
}

type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void

// Longer than any lock or statement may take: only who cannot reach the database at all answers this late.
const answerMsUsual = 10_000

/**
 * Answers how a route begins to be timed, before anything is asked of the database; past the limit it leaves by the route's exit as
 * `overloaded`. What its work comes to after all is answered to whoever sends the key again.
 */
export function openDeadlines(app: FastifyInstance, answerMsMax = answerMsUsual): (exit: Pick<Exit, 'refuse'>) => Hook {
  app.decorateRequest('isLate', false)
  return exit => (request, reply, done) => {
    const deadline = setTimeout(() => {
      exit.refuse(request, reply, new Problem('overloaded', 'This takes too long right now. Please try again in a moment.', { retryAfterSeconds: 1 }))
      request.isLate = true
    }, answerMsMax)
    // Comes after the last byte, and also when the other side hangs up: whoever left a page waits for nothing.
    reply.raw.once('close', () => clearTimeout(deadline))
    done()
  }
}
