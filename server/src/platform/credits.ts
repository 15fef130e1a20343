// Credits are integer hundredths in the database and in code; decimals exist on the wire only.

/** Hundredths as the number that crosses the wire: 150 is 1.5. */
export function toWireCredits(hundredths: number): number {
  return hundredths / 100
}

/** A number off the wire, with at most two decimals, in hundredths. */
export function toHundredths(credits: number): number {
  return Math.round(credits * 100)
}
