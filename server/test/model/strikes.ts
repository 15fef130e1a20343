// Strikes in the model: the third one blocks, and the three are spent. The model's lives are shorter than a strike's.
import { minute } from './night.ts'

const strikesMax = 3
const blockFor = 14 * 24 * 60 * minute

export class Strikes {
  private readonly counting = new Map<number, number>()
  private readonly blockedUntil = new Map<number, number>()

  give(member: number, now: number): void {
    const next = ((this.counting.get(member) ?? 0) + 1) % strikesMax
    this.counting.set(member, next)
    if (next === 0) this.blockedUntil.set(member, now + blockFor)
  }

  isBlocked(member: number, now: number): boolean {
    return now < (this.blockedUntil.get(member) ?? 0)
  }
}
