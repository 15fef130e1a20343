// Where those who decide at once wait for each other: none goes on before all have read.

/** Answers a wait that ends once so many have come; whoever comes later, to try again, goes on at once. */
export function meetingPoint(count: number): () => Promise<void> {
  let missing = count
  const met = Promise.withResolvers<void>()
  return () => {
    missing -= 1
    if (missing <= 0) met.resolve()
    return met.promise
  }
}
