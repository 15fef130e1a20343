// What processes keep for each other and may lose at any moment: texts, counts, figures and lists by key. PostgreSQL knows the truth.

/** A text that is forgotten after a while. */
export interface KeptText {
  key: string
  text: string
  keepMs: number
}

/** Something to add to a count that ends `windowMs` after its first event. */
export interface Addition {
  key: string
  by: number
  windowMs: number
}

export interface Counted {
  count: number
  leftMs: number
}

/** Figures as they were at a version: older ones never take the place of newer ones. */
export interface KeptFigures {
  key: string
  version: number
  figures: Readonly<Record<string, number>>
  keepMs: number
}

/** A name in a list, at its time. The list is kept for at least `keepMs` more. */
export interface Listed {
  key: string
  name: string
  atMs: number
  keepMs: number
  /** Where the name is there already, the earlier time stays; otherwise the new one does. */
  earlier?: boolean
}

/**
 * Every call is one step that nothing comes between, key by key. What belongs to one session, user or day has that in braces
 * (`session:{…}:holds`): in a cluster it lives together. Throws Away when it cannot be reached now.
 */
export interface Memory {
  /** Null for what is not there. */
  read(keys: readonly string[]): Promise<(string | null)[]>
  write(texts: readonly KeptText[]): Promise<void>
  /** Writes it unless there is one; answers what is there then. */
  writeFirst(text: KeptText): Promise<string>
  drop(keys: readonly string[]): Promise<void>
  /** What is taken back never goes below nothing. */
  count(additions: readonly Addition[]): Promise<Counted[]>
  writeFigures(figures: readonly KeptFigures[]): Promise<void>
  /** With their version under `version`. */
  readFigures(keys: readonly string[]): Promise<(Record<string, number> | null)[]>
  enlist(names: readonly Listed[]): Promise<void>
  strike(names: readonly Pick<Listed, 'key' | 'name'>[]): Promise<void>
  /** The first of each list, earliest first. */
  first(keys: readonly string[], limit: number): Promise<{ name: string; atMs: number }[][]>
}

/** The memory cannot be reached: whoever asked does without it. */
export class Away extends Error {
  override name = 'Away'
}
