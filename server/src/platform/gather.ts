// What is asked while this turn's sockets are read goes out in one piece: no timer, so that it costs a single asker nothing.

/** Opens a gatherer; `run` replies in the order asked. */
export function openGather<Ask, Reply>(run: (asks: readonly Ask[]) => Promise<Reply[]>): (asks: readonly Ask[]) => Promise<Reply[]> {
  let gathered: Ask[] = []
  let flight: Promise<Reply[]> | undefined
  return async asks => {
    const at = gathered.length
    gathered.push(...asks)
    flight ??= new Promise(setImmediate).then(() => {
      const all = gathered
      gathered = []
      flight = undefined
      return run(all)
    })
    return (await flight).slice(at, at + asks.length)
  }
}
