// Clients as staff see them.
import Type from 'typebox'
import { Credits, Id, Instant, Nullable, PageQuery, Shape } from './scalars.ts'

export const Client = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  creditsBalance: Credits,
  unlimitedUntil: Nullable(Instant),
})
export type Client = Type.Static<typeof Client>

export const ClientQuery = Shape({
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  ...PageQuery,
})
export type ClientQuery = Type.Static<typeof ClientQuery>
