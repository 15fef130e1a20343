// The scalars that cross the wire, each with its format, so that one definition validates, types and documents it.
import Type from 'typebox'

/** A row's identity: a UUID in lower or upper case. */
export const Id = Type.String({ format: 'uuid' })

/** An instant, ISO 8601 with offset `Z`. */
export const Instant = Type.String({ format: 'date-time' })

/** A calendar day in the studio's zone, `YYYY-MM-DD`. */
export const Day = Type.String({ format: 'date' })

/** A wall-clock time in the studio's zone, `HH:MM`. */
export const WallTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

/** Credits with at most two decimals; half of one credit is a real outcome. */
export const Credits = Type.Number()

/** Money in the currency's minor unit. */
export const Money = Type.Object(
  { amount: Type.Integer(), currency: Type.String({ minLength: 3, maxLength: 3 }) },
  { additionalProperties: false },
)
export type Money = Type.Static<typeof Money>

/** A value that may be absent, spelled `null` on the wire. */
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A literal union out of a list of words. */
export const OneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] })

/** A body or a query that refuses what it does not know. */
export const Shape = <T extends Type.TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })

/** One page of a list and the cursor of the next one, `null` on the last page. */
export const Page = <T extends Type.TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) })
export type Page<T> = { items: T[]; nextCursor: string | null }

/** The query every list accepts: `limit` rows (50 unless told, at most 200) after `cursor`. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
}

/** Nothing is planned farther ahead than this: no class, 1:1, closure, or first day of a series or of hours. A typed 2207 is a slip. */
export const yearsAheadMax = 2

/** A class or a 1:1 lasts at most so long. */
export const sessionMinutesMax = 720
