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
