// How a variable of the environment is read: it may be unset, and a bad value says its name and what is wrong with it.
import { Refusal } from './platform/refusal.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const tokenLengthMin = 16

/** What is wrong with a value, to be read after the variable's name. */
export class BadValue extends Error {}

/** An empty variable counts as unset: that is how Compose and Kubernetes spell it. */
export function reader(environment: Environment) {
  return <T, D extends string | null>(name: string, fallback: D, parse: (text: string) => T): D extends null ? T | null : T => {
    const text = environment[name]?.trim() || fallback
    if (text === null) return null as D extends null ? T | null : T
    try {
      return parse(text) as D extends null ? T | null : T
    } catch (error) {
      // The parser knows what is wrong, only here is it known with what.
      if (!(error instanceof BadValue)) throw error
      throw new Refusal(`${name} ${error.message}.`)
    }
  }
}

/** Reads one variable after another. */
export type Read = ReturnType<typeof reader>

/** The origin of an address without a path. */
export function anOrigin(text: string): string {
  const url = URL.parse(text)
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
  if (!isOrigin) throw new BadValue(`is "${text}", but must look like https://studio.example, without a path`)
  return url.origin
}

/** A word that others cannot guess. */
export function aToken(text: string): string {
  if (text.length < tokenLengthMin) throw new BadValue(`is too short to keep others out: at least ${tokenLengthMin} characters`)
  return text
}
