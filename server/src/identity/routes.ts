// The module's door for people: who I am, who teaches, who may do what, keys for machines, the first admin.
import {
  ApiKey,
  ApiKeyMade,
  Me,
  NewApiKey,
  Setup,
  Trainer,
  TrainerProfileChange,
  User,
  UserChange,
  UserQuery,
} from '@fitflow/contract/identity.ts'
import { Id, Page, PageQuery, Shape } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { Database } from '../platform/db.ts'
import { expectBody } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Secret } from '../platform/secret.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts'
import { mountAuth, type AuthDoor } from './auth-door.ts'
import { changeUser } from './change-user.ts'
import { redeemSetup } from './first-admin.ts'
import { hashPassword } from './password.ts'
import { listTrainers, putTrainerProfile, retireTrainer } from './trainers.ts'
import { findUser, listUsers, readMe, userOf } from './users.ts'

export interface IdentityHouse extends AuthDoor {
  db: Database
  secret: Secret
}

const oneUser = Shape({ id: Id })

/** Hangs the module's routes. */
export function routes(edge: Edge, house: IdentityHouse): void {
  mountAuth(edge, house)
  publicRoutes(edge, house)
  ownRoutes(edge, house)
  userRoutes(edge, house)
  trainerRoutes(edge, house)
}

function publicRoutes(edge: Edge, { db, secret }: IdentityHouse): void {
  edge.read(
    {
      method: 'GET',
      path: '/trainers',
      access: 'anyone',
      summary: 'Who teaches here',
      query: Shape(PageQuery),
      answers: { 200: Page(Trainer) },
    },
    ({ query }) => listTrainers(db.sql, query),
  )
  edge.command(
    {
      method: 'POST',
      path: '/setup',
      access: 'anyone',
      summary: 'Makes the first admin, with the token of the one-time link',
      body: Setup,
      answers: { 201: User },
      problems: ['forbidden', 'email-taken'],
    },
    async ({ keyed, context, body }) => {
      const passwordHash = await hashPassword(body.password)
      return answerOnce(db, { keyed, context }, {}, async tx => ({
        status: 201,
        body: await redeemSetup(tx, secret, { ...body, passwordHash }),
      }))
    },
  )
}

function ownRoutes(edge: Edge, { db }: IdentityHouse): void {
  edge.read(
    { method: 'GET', path: '/me', access: 'client', summary: 'Who I am', answers: { 200: Me } },
    async ({ principal }) => found(await readMe(db.sql, principal.userId)),
  )
  edge.read(
    {
      method: 'GET',
      path: '/me/api-keys',
      access: 'client',
      summary: 'My keys for machines',
      answers: { 200: Type.Object({ items: Type.Array(ApiKey) }) },
    },
    async ({ principal }) => ({ items: await listApiKeys(db.sql, principal.userId) }),
  )
  edge.command(
    {
      method: 'POST',
      path: '/me/api-keys',
      access: 'client',
      summary: 'Makes a key; it is shown in this answer only',
      body: NewApiKey,
      answers: { 201: ApiKeyMade },
    },
    ({ keyed, context, body }) =>
      answerOnce(db, { keyed, context }, {}, async tx => {
        const made = await createApiKey(tx, body)
        return { status: 201, body: made, stored: { ...made, key: null } }
      }),
  )
  edge.command(
    {
      method: 'DELETE',
      path: '/me/api-keys/:id',
      access: 'client',
      summary: 'Revokes a key',
      params: oneUser,
      answers: { 204: null },
      problems: ['not-found'],
    },
    ({ keyed, context, params }) =>
      answerOnce(db, { keyed, context }, {}, async tx => {
        await revokeApiKey(tx, params.id)
        return { status: 204 }
      }),
  )
}

function userRoutes(edge: Edge, { db, principals }: IdentityHouse): void {
  edge.read(
    {
      method: 'GET',
      path: '/admin/users',
      access: 'admin',
      summary: 'Everybody with an account, by name',
      query: UserQuery,
      answers: { 200: Page(User) },
    },
    ({ query }) => listUsers(db.sql, query),
  )
  edge.read(
    {
      method: 'GET',
      path: '/admin/users/:id',
      access: 'admin',
      summary: 'One user',
      params: oneUser,
      answers: { 200: User },
      problems: ['not-found'],
    },
    async ({ params }) => userOf(found(await findUser(db.sql, params.id as UserId))),
  )
  edge.command(
    {
      method: 'PATCH',
      path: '/admin/users/:id',
      access: 'admin',
      summary: 'Changes rank or name',
      params: oneUser,
      body: UserChange,
      answers: { 200: User },
      problems: ['not-found', 'last-admin', 'precondition-failed'],
    },
    async ({ keyed, context, params, body, request }) => {
      const id = params.id as UserId
      const refuseStale = (was: User) => expectBody(request.headers, was)
      const answer = await answerOnce(db, { keyed, context }, {}, async tx => ({ status: 200, body: await changeUser(tx, id, body, refuseStale) }))
      // The others hear of it by notification; here it holds with the answer.
      principals.forgetUser(id)
      return answer
    },
  )
}

function trainerRoutes(edge: Edge, { db }: IdentityHouse): void {
  const path = '/admin/users/:id/trainer-profile'
  edge.command(
    {
      method: 'PUT',
      path,
      access: 'admin',
      summary: 'Lets somebody teach, or changes how they are introduced',
      params: oneUser,
      body: TrainerProfileChange,
      answers: { 200: Trainer },
      problems: ['not-found', 'precondition-failed'],
    },
    ({ keyed, context, params, body, request }) =>
      answerOnce(db, { keyed, context }, {}, async tx => ({
        status: 200,
        body: await putTrainerProfile(tx, params.id as UserId, body.bio, was => expectBody(request.headers, was)),
      })),
  )
  edge.command(
    {
      method: 'DELETE',
      path,
      access: 'admin',
      summary: "Ends somebody's teaching",
      params: oneUser,
      answers: { 204: null },
      problems: ['not-found', 'precondition-failed'],
    },
    ({ keyed, context, params, request }) =>
      answerOnce(db, { keyed, context }, {}, async tx => {
        await retireTrainer(tx, params.id as UserId, was => expectBody(request.headers, was))
        return { status: 204 }
      }),
  )
}

function found<T>(what: T | undefined): T {
  if (what === undefined) throw new Problem('not-found', 'There is no such user.')
  return what
}
