// What admission needs of the house.
import type { Database } from '../platform/db.ts'
import type { ExactLimiter } from '../platform/rate-limit.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import type { QrTokens } from './qr-token.ts'

export interface AdmissionHouse {
  db: Database
  settings: SettingsStore
  holdLimit: ExactLimiter
  qr: QrTokens
}
