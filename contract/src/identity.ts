// Who somebody is: the signed-in person, users as an admin sees them, the studio's public face.
import Type from 'typebox'
import { Id, Instant, Nullable, OneOf, PageQuery, Shape } from './scalars.ts'

export const roles = ['client', 'trainer', 'admin'] as const
export type Role = (typeof roles)[number]

export const Me = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  role: OneOf(roles),
  trainerProfile: Nullable(Type.Object({ bio: Type.String() })),
})
export type Me = Type.Static<typeof Me>

export const Studio = Type.Object({
  name: Type.String(),
  timeZone: Type.String(),
  currency: Type.String(),
  accentColor: Type.String(),
  /** The database's clock, by which holds run out: a countdown is set by it. */
  now: Instant,
  demo: Type.Boolean(),
})
export type Studio = Type.Static<typeof Studio>

export const User = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  role: OneOf(roles),
  teaches: Type.Boolean(),
  /** How members are introduced to them; kept when they teach no longer, null when they never did. */
  bio: Nullable(Type.String()),
  createdAt: Instant,
})
export type User = Type.Static<typeof User>

export const UserQuery = Shape({
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  role: Type.Optional(OneOf(roles)),
  ...PageQuery,
})
export type UserQuery = Type.Static<typeof UserQuery>

export const UserChange = Type.Object(
  { role: Type.Optional(OneOf(roles)), name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) },
  { additionalProperties: false, minProperties: 1 },
)
export type UserChange = Type.Static<typeof UserChange>

export const TrainerProfileChange = Shape({ bio: Type.String({ maxLength: 2000 }) })
export type TrainerProfileChange = Type.Static<typeof TrainerProfileChange>

export const Trainer = Type.Object({ id: Id, name: Type.String(), bio: Type.String() })
export type Trainer = Type.Static<typeof Trainer>

/** A key for a machine. `hint` is how it begins; the key itself is shown once, when it is made. */
export const ApiKey = Type.Object({
  id: Id,
  name: Type.String(),
  hint: Type.String(),
  scope: OneOf(['read', 'write']),
  expiresAt: Nullable(Instant),
  createdAt: Instant,
})
export type ApiKey = Type.Static<typeof ApiKey>

/** `expiresInDays` 90 when not given. */
export const NewApiKey = Shape({
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  scope: OneOf(['read', 'write']),
  expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
})
export type NewApiKey = Type.Static<typeof NewApiKey>

/** `key` is null when the answer is a replay: a secret is told once. */
export const ApiKeyMade = Type.Object({ ...ApiKey.properties, key: Nullable(Type.String()) })
export type ApiKeyMade = Type.Static<typeof ApiKeyMade>

export const emailPattern = '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$'
export const passwordLength = { min: 10, max: 128 }

/** Makes the studio's first admin; `token` comes from the one-time link. */
export const Setup = Shape({
  token: Type.String({ minLength: 1, maxLength: 200 }),
  email: Type.String({ minLength: 3, maxLength: 254, pattern: emailPattern }),
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  password: Type.String({ minLength: passwordLength.min, maxLength: passwordLength.max }),
})
export type Setup = Type.Static<typeof Setup>
