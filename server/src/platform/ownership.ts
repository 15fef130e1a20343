// Who owns a directory: one living process at a time, safe against racing starts, kills and reused pids.
//
// Each claim is a file owner.<turn>.json, made complete by link(2), which fails if that turn is taken.
// The highest turn counts and is never removed, so a claim that raced a later one finds out by looking again.
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { birthOf } from './process-birth.ts'

/** `server` stays until told to stop, `command` ends by itself; `port` is null until others may connect. */
export interface Owner {
  pid: number
  birth: string
  stays: 'server' | 'command'
  port: number | null
}

export interface Ownership {
  /** Tells whoever finds this owner where to connect; null once it is about to leave. */
  publish(port: number | null): void
  release(): void
}

const attemptsMax = 100

/** Becomes the owner of `directory`, or answers who is. */
export function claimOwner(directory: string, stays: Owner['stays']): { ownership: Ownership } | { owner: Owner } {
  const birth = birthOf(process.pid)
  if (birth === null) throw new Error('this process cannot find itself')
  const mine: Owner = { pid: process.pid, birth, stays, port: null }
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const last = latestClaim(directory)
    if (last && lives(last.owner)) return { owner: last.owner }
    const turn = (last?.turn ?? 0) + 1
    if (place(directory, turn, mine)) return { ownership: ownTurn(directory, turn, mine) }
  }
  throw new Error(`could not claim ${directory} in ${attemptsMax} attempts`)
}

/** The living owner of `directory`, or null. */
export function findOwner(directory: string): Owner | null {
  const last = latestClaim(directory)
  return last && lives(last.owner) ? last.owner : null
}

function lives(owner: Owner): boolean {
  return owner.pid > 0 && birthOf(owner.pid) === owner.birth
}

function latestClaim(directory: string): { turn: number; owner: Owner } | null {
  const turn = Math.max(0, ...turns(directory))
  if (turn === 0) return null
  try {
    return { turn, owner: JSON.parse(readFileSync(claimFile(directory, turn), 'utf8')) as Owner }
  } catch {
    // Emptied by a power cut, or withdrawn this instant: nobody lives there, and the next turn is free to try.
    return { turn, owner: { pid: 0, birth: '', stays: 'command', port: null } }
  }
}

function place(directory: string, turn: number, owner: Owner): boolean {
  const draft = writeDraft(directory, owner)
  try {
    linkSync(draft, claimFile(directory, turn))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false // Somebody else was quicker.
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const seen = turns(directory)
  if (Math.max(...seen) !== turn) {
    // This turn had been used and cleared away before: a later one exists.
    rmSync(claimFile(directory, turn), { force: true })
    return false
  }
  for (const earlier of seen.filter(other => other < turn)) rmSync(claimFile(directory, earlier), { force: true })
  return true
}

function ownTurn(directory: string, turn: number, mine: Owner): Ownership {
  const rewrite = (owner: Owner) => renameSync(writeDraft(directory, owner), claimFile(directory, turn))
  return {
    publish: port => rewrite({ ...mine, port }),
    release: () => rewrite({ ...mine, pid: 0, port: null }),
  }
}

function writeDraft(directory: string, owner: Owner): string {
  const draft = join(directory, `owner.${randomUUID()}.draft`)
  writeFileSync(draft, `${JSON.stringify(owner)}\n`, { mode: 0o644 })
  return draft
}

function turns(directory: string): number[] {
  return readdirSync(directory).flatMap(name => {
    const turn = /^owner\.(\d+)\.json$/.exec(name)?.[1]
    return turn === undefined ? [] : [Number(turn)]
  })
}

function claimFile(directory: string, turn: number): string {
  return join(directory, `owner.${turn}.json`)
}
