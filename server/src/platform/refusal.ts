// An expected no to starting: one sentence for the person at the terminal, and no stack.

/** Thrown while starting; the command line prints its sentence and exits with 1. */
export class Refusal extends Error {
  override name = 'Refusal'
}
