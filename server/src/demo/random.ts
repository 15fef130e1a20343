// Chance that comes out the same each time: the demo studio differs by its date, and by nothing else.

export interface Random {
  /** From 0 to just under 1. */
  fraction(): number
  /** A whole number from `least` to `most`, both inclusive. */
  between(least: number, most: number): number
}

/** Mulberry32: 32 bits of state are enough to strew people over a timetable. */
export function seededRandom(seed: number): Random {
  let state = seed
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { fraction, between: (least, most) => least + Math.floor(fraction() * (most - least + 1)) }
}
