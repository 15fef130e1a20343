// Sign-in by better-auth: which of its features are on, how its tables are named, and what our own rules add to it.
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { bearer } from 'better-auth/plugins/bearer'
import { magicLink } from 'better-auth/plugins/magic-link'
import { PostgresJSDialect } from 'kysely-postgres-js'
import { passwordLength } from '@fitflow/contract/identity.ts'
import { openPlainPool, type Database } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { hashPassword, verifyPassword } from './password.ts'

export interface AuthOptions {
  db: Database
  log: Log
  /** Signs cookies and links; derived for this purpose. */
  secret: string
  /** The origin people see. */
  publicUrl: string
  /** Every origin whose pages may use a cookie. */
  origins: readonly string[]
  /** Whether demo accounts may sign in here. */
  demoAllowed: boolean
  /** Brings a link to a person; until mail exists, by way of the server's console. */
  tell: (letter: Letter) => void
}

export interface Letter {
  to: string
  about: 'password-reset' | 'email-verification' | 'magic-link'
  link: string
}

export type Auth = ReturnType<typeof openAuth>

export const authPath = '/api/auth'

const daySeconds = 24 * 60 * 60
const poolMax = 4

/** Opens sign-in on the same database; `close` ends its connections. */
export function openAuth(options: AuthOptions) {
  const { db, secret, publicUrl, origins, log, tell } = options
  const pool = openPlainPool(db, poolMax)
  const library = betterAuth({
    appName: 'FitFlow',
    baseURL: publicUrl,
    basePath: authPath,
    secret,
    trustedOrigins: [...origins],
    database: { dialect: new PostgresJSDialect({ postgres: pool }), type: 'postgres' },
    ...tables,
    session: { ...tables.session, expiresIn: 30 * daySeconds, updateAge: daySeconds },
    emailAndPassword: passwords(options),
    emailVerification: {
      sendOnSignUp: true,
      sendVerificationEmail: async ({ user, ...asked }) => tell({ to: user.email, about: 'email-verification', link: pageLink(publicUrl, '/confirm', asked) }),
    },
    plugins: [
      bearer(),
      magicLink({
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: async ({ email, ...asked }) => tell({ to: email, about: 'magic-link', link: pageLink(publicUrl, '/sign-in/link', asked) }),
      }),
    ],
    databaseHooks: hooks(options),
    advanced: {
      cookiePrefix: 'fitflow',
      // Where links in letters may lead. Said outright: under a test runner the library would leave it out.
      disableOriginCheck: false,
      // The edge looks at `Origin`; the library would also refuse programs whose HTTP client sends Sec-Fetch-Mode.
      disableCSRFCheck: true,
      useSecureCookies: publicUrl.startsWith('https:'),
      // A test of ours compares its schema with our migrations; looking at each start costs a connection.
      database: { generateId: 'uuid', validateSchema: false },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    // Only failures count here, and for each account too: sign-in-throttle.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Below errors its lines name people.
    logger: { level: 'error', log: (_level, message) => log.error({ 'log.logger': 'better-auth' }, message) },
  })
  return { handle: library.handler, options: library.options, close: () => pool.end({ timeout: 5 }) }
}

function passwords({ publicUrl, tell }: AuthOptions) {
  return {
    enabled: true,
    minPasswordLength: passwordLength.min,
    maxPasswordLength: passwordLength.max,
    revokeSessionsOnPasswordReset: true,
    password: {
      hash: hashPassword,
      verify: ({ password, hash }: { password: string; hash: string }) => verifyPassword(password, hash),
    },
    sendResetPassword: async ({ user, token }: { user: { email: string }; token: string }) =>
      tell({ to: user.email, about: 'password-reset', link: `${publicUrl}/reset-password?token=${token}` }),
  }
}

/** The page whose button does what the library's own link would do at once: whatever scans mails opens every link in them. */
function pageLink(publicUrl: string, page: string, { url, token }: { url: string; token: string }): string {
  const link = new URL(page, publicUrl)
  link.searchParams.set('token', token)
  const onward = new URL(url).searchParams.get('callbackURL') ?? '/'
  if (onward !== '/') link.searchParams.set('return', onward)
  return link.href
}

/** Where the edge writes the client's address; what a client sends under this name is overwritten. */
export const addressHeader = 'x-client-ip'

/** The library's tables under our names; `migrations/0001_identity.sql` makes them. */
const tables = {
  user: {
    modelName: 'users',
    fields: {
      name: 'display_name',
      emailVerified: 'email_verified',
      image: 'image_url',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
    additionalFields: {
      // Nobody gives themselves a rank.
      role: { type: 'string', required: true, defaultValue: 'client', input: false },
      demo: { type: 'boolean', required: true, defaultValue: false, input: false, returned: false },
    },
  },
  session: {
    modelName: 'auth_sessions',
    fields: {
      userId: 'user_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  account: {
    modelName: 'auth_accounts',
    fields: {
      userId: 'user_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'auth_verifications',
    storeIdentifier: 'hashed',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
} as const

function hooks({ db, demoAllowed }: AuthOptions) {
  return {
    user: {
      create: { before: async (user: Person) => void checkPerson(user) },
      update: { before: async (user: Person) => void checkPerson(user) },
    },
    session: {
      create: {
        // Every way to sign in passes here.
        before: async ({ userId }: { userId: string }) => {
          if (demoAllowed) return
          const [user] = await db.sql<{ demo: boolean }[]>`select demo from users where id = ${userId}`
          if (user?.demo) throw new APIError('FORBIDDEN', { message: 'Demo accounts cannot sign in here.' })
        },
      },
    },
  }
}

interface Person {
  name?: string
  email?: string
  image?: string | null | undefined
}

function checkPerson({ name, email, image }: Person): void {
  if (name !== undefined && (name.trim() === '' || name.length > 100)) throw unfit('INVALID_NAME', 'A name has 1 to 100 characters.')
  if (email !== undefined && email.length > 254) throw unfit('INVALID_EMAIL', 'An address has at most 254 characters.')
  if (image && !(image.startsWith('https://') && image.length <= 500)) throw unfit('INVALID_IMAGE', 'An image is an https address.')
}

function unfit(code: string, message: string): APIError {
  return new APIError('BAD_REQUEST', { code, message })
}
