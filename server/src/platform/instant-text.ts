// Instants as text: those that the rows of a batch share are written once.

const texts = new WeakMap<Temporal.Instant, string>()

/** ISO 8601 in UTC. Worth its memory for instants that many rows share; for others take `String`. */
export function instantText(instant: Temporal.Instant): string {
  let text = texts.get(instant)
  if (text === undefined) texts.set(instant, (text = instant.toString()))
  return text
}
