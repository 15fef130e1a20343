// The rows of the migrated schema; written by `npm run schema`, never edited.
import type { AvailabilityId, BookingId, EntryId, HoldId, MembershipId, ReceiptId, ReconciliationId, SeriesId, SessionId, TemplateId, TransactionId, UserId } from './ids.ts'

/** A row of `api_keys`. */
export interface ApiKeyRow {
  id: string
  userId: UserId
  name: string
  hint: string
  keyHash: string
  scope: 'read' | 'write'
  expiresAt: Temporal.Instant | null
  createdAt: Temporal.Instant
}

/** A row of `audit_log`. */
export interface AuditLogRow {
  id: number
  entityType: string
  entityId: string
  action: string
  userId: UserId | null
  timestamp: Temporal.Instant
  traceId: string
  details: unknown
}

/** A row of `auth_accounts`. */
export interface AuthAccountRow {
  id: string
  userId: UserId
  accountId: string
  providerId: string
  accessToken: string | null
  refreshToken: string | null
  idToken: string | null
  accessTokenExpiresAt: Temporal.Instant | null
  refreshTokenExpiresAt: Temporal.Instant | null
  scope: string | null
  password: string | null
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

/** A row of `auth_sessions`. */
export interface AuthSessionRow {
  id: string
  userId: UserId
  token: string
  expiresAt: Temporal.Instant
  ipAddress: string | null
  userAgent: string | null
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

/** A row of `auth_verifications`. */
export interface AuthVerificationRow {
  id: string
  identifier: string
  value: string
  expiresAt: Temporal.Instant
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

/** A row of `availabilities`. */
export interface AvailabilityRow {
  id: AvailabilityId
  trainerId: UserId
  templateId: TemplateId
  slotMinutes: number
  bufferMinutes: number
  noticeMinutes: number
  horizonDays: number
  archivedAt: Temporal.Instant | null
  version: number
  createdAt: Temporal.Instant
}

/** A row of `availability_blocks`. */
export interface AvailabilityBlockRow {
  id: string
  availabilityId: AvailabilityId
  kind: 'weekly' | 'once' | 'exception'
  weekday: number | null
  onDate: Temporal.PlainDate | null
  fromTime: string
  toTime: string
  validFrom: Temporal.PlainDate | null
  validUntil: Temporal.PlainDate | null
  createdAt: Temporal.Instant
}

/** A row of `booking_blocks`. */
export interface BookingBlockRow {
  id: string
  userId: UserId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  strikesMax: number
  createdAt: Temporal.Instant
  liftedAt: Temporal.Instant | null
  liftedBy: string | null
  liftReason: string | null
  announcedOverAt: Temporal.Instant | null
}

/** A row of `bookings`. */
export interface BookingRow {
  id: BookingId
  sessionId: SessionId
  userId: UserId
  holdId: HoldId
  status: 'confirmed' | 'cancelled' | 'attended' | 'no_show'
  cancelKind: 'early' | 'late' | 'studio' | null
  method: 'membership' | 'credits' | 'card' | 'complimentary'
  membershipId: MembershipId | null
  creditsUsed: number
  settingsVersion: number
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  createdAt: Temporal.Instant
  cancelledAt: Temporal.Instant | null
  spotReleasedAt: Temporal.Instant | null
  freeCancelUntil: Temporal.Instant | null
  bookedBy: UserId | null
}

/** A row of `checkins`. */
export interface CheckinRow {
  id: string
  bookingId: BookingId
  method: 'manual' | 'qr'
  checkedInAt: Temporal.Instant
  late: boolean
  recordedBy: UserId | null
  undoneAt: Temporal.Instant | null
  undoneBy: UserId | null
}

/** A row of `class_series`. */
export interface ClassSeryRow {
  id: SeriesId
  templateId: TemplateId
  rrule: string
  startsOn: Temporal.PlainDate
  wallTime: string
  timeZone: string
  durationMinutes: number | null
  capacity: number | null
  trainerId: UserId | null
  publishes: boolean
  endsBefore: Temporal.PlainDate | null
  generatedUntil: Temporal.PlainDate
  continuesId: string | null
  version: number
  createdBy: UserId | null
  createdAt: Temporal.Instant
}

/** A row of `class_sessions`. */
export interface ClassSessionRow {
  id: SessionId
  templateId: TemplateId
  trainerId: UserId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  capacity: number
  taken: number
  waiting: number
  waitlistLength: number
  status: 'draft' | 'published' | 'in_progress' | 'completed' | 'cancelled'
  priceCredits: number
  dropInCents: number | null
  capacityOverridden: boolean
  trainerOverridden: boolean
  publishedAt: Temporal.Instant | null
  version: number
  createdAt: Temporal.Instant
  kind: 'class' | 'one_to_one'
  seriesId: SeriesId | null
  occurrenceOn: Temporal.PlainDate | null
  timeOverridden: boolean
  closureId: string | null
  availabilityId: AvailabilityId | null
  waitlistPaused: boolean
}

/** A row of `class_templates`. */
export interface ClassTemplateRow {
  id: TemplateId
  name: string
  type: string
  description: string
  durationMinutes: number
  defaultCapacity: number
  trainerId: UserId
  priceCredits: number
  dropInCents: number | null
  archivedAt: Temporal.Instant | null
  version: number
  createdAt: Temporal.Instant
  kind: 'class' | 'one_to_one'
  waitlistMode: 'offer' | 'auto'
}

/** A row of `closures`. */
export interface ClosureRow {
  id: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  reason: string
  createdBy: UserId | null
  createdAt: Temporal.Instant
  liftedAt: Temporal.Instant | null
}

/** A row of `credit_transactions`. */
export interface CreditTransactionRow {
  id: TransactionId
  userId: UserId
  membershipId: MembershipId
  type: 'purchase' | 'grant' | 'debit' | 'return' | 'forfeit' | 'expire' | 'adjust' | 'refund' | 'transfer'
  amount: number
  balanceAfter: number
  bookingId: BookingId | null
  receiptId: ReceiptId
  createdAt: Temporal.Instant
}

/** A row of `daily_counts`. */
export interface DailyCountRow {
  day: Temporal.PlainDate
  holds: number
  holdsConfirmed: number
  holdsExpired: number
  promotions: number
  promotionsTaken: number
  bookings: number
  cancellations: number
  attended: number
  noShows: number
  countedAt: Temporal.Instant
}

/** A row of `decision_receipts`. */
export interface DecisionReceiptRow {
  id: ReceiptId
  userId: UserId
  bookingId: BookingId | null
  rule: string
  ruleVersion: number
  sentence: string
  facts: unknown
  lines: unknown
  actorId: UserId | null
  decidedAt: Temporal.Instant
  membershipId: MembershipId | null
}

/** A row of `deliveries`. */
export interface DeliveryRow {
  consumer: string
  eventId: number
  attempts: number
  dueAt: Temporal.Instant
  lastError: string | null
  deadAt: Temporal.Instant | null
}

/** A row of `expiry_warnings`. */
export interface ExpiryWarningRow {
  membershipId: MembershipId
  validUntil: Temporal.Instant
  daysBefore: number
  warnedAt: Temporal.Instant
}

/** A row of `idempotency_keys`. */
export interface IdempotencyKeyRow {
  userId: UserId
  key: string
  fingerprint: string
  status: number
  body: string
  createdAt: Temporal.Instant
}

/** A row of `inbox`. */
export interface InboxRow {
  consumer: string
  eventId: number
  handledAt: Temporal.Instant
}

/** A row of `membership_freezes`. */
export interface MembershipFreezeRow {
  id: string
  membershipId: MembershipId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  reason: string
  createdBy: UserId | null
  createdAt: Temporal.Instant
  liftedAt: Temporal.Instant | null
}

/** A row of `memberships`. */
export interface MembershipRow {
  id: MembershipId
  userId: UserId
  planType: 'pack' | 'unlimited' | 'complimentary' | 'returned' | 'transferred'
  name: string
  creditsGranted: number | null
  creditsBalance: number
  validFrom: Temporal.Instant
  validUntil: Temporal.Instant
  originId: MembershipId | null
  createdAt: Temporal.Instant
  frozenFrom: Temporal.Instant | null
  frozenUntil: Temporal.Instant | null
  activationDays: number | null
  activatedAt: Temporal.Instant | null
  expiredAt: Temporal.Instant | null
}

/** A row of `message_preferences`. */
export interface MessagePreferenceRow {
  userId: UserId
  language: 'en' | 'es'
  timeZone: string | null
  quietStart: string | null
  quietEnd: string | null
  choices: unknown
  updatedAt: Temporal.Instant
}

/** A row of `messages`. */
export interface MessageRow {
  id: string
  userId: UserId
  kind: string
  channel: 'email' | 'sms' | 'push'
  reason: string
  facts: unknown
  sessionId: SessionId | null
  language: 'en' | 'es'
  state: 'waiting' | 'sent' | 'failed' | 'skipped'
  skipped: string | null
  dueAt: Temporal.Instant
  leasedUntil: Temporal.Instant | null
  attempts: number
  lastError: string | null
  providerReference: string | null
  createdAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  forgetAt: Temporal.Instant
}

/** A row of `opt_out_notices`. */
export interface OptOutNoticeRow {
  messageSid: string
  heardAt: Temporal.Instant
}

/** A row of `outbox`. */
export interface OutboxRow {
  id: number
  topic: string
  data: unknown
  actorId: UserId | null
  traceId: string
  occurredAt: Temporal.Instant
  handledAt: Temporal.Instant | null
  leasedUntil: Temporal.Instant | null
  idle: string[]
}

/** A row of `penalties`. */
export interface PenaltyRow {
  id: string
  userId: UserId
  bookingId: BookingId
  kind: 'strike' | 'fee'
  cause: 'late-cancel' | 'no-show'
  amountCents: number | null
  currency: string | null
  lapsesAt: Temporal.Instant | null
  blockId: string | null
  receiptId: ReceiptId
  createdAt: Temporal.Instant
  waivedAt: Temporal.Instant | null
  waivedBy: UserId | null
  waiveReceiptId: string | null
}

/** A row of `phone_codes`. */
export interface PhoneCodeRow {
  id: string
  userId: UserId
  number: string
  codeHash: string
  tries: number
  sentAt: Temporal.Instant
  expiresAt: Temporal.Instant
  endedAt: Temporal.Instant | null
}

/** A row of `phones`. */
export interface PhoneRow {
  userId: UserId
  number: string
  verifiedAt: Temporal.Instant
  optedOutAt: Temporal.Instant | null
}

/** A row of `push_subscriptions`. */
export interface PushSubscriptionRow {
  id: string
  userId: UserId
  endpoint: string
  p256dh: string
  auth: string
  applicationKey: string
  createdAt: Temporal.Instant
}

/** A row of `reconciliations`. */
export interface ReconciliationRow {
  id: ReconciliationId
  askedBy: string | null
  askedAt: Temporal.Instant
  startedAt: Temporal.Instant | null
  attempts: number
  endedAt: Temporal.Instant | null
  ok: boolean | null
  broken: unknown
  fault: string | null
}

/** A row of `schema_migrations`. */
export interface SchemaMigrationRow {
  number: number
  name: string
  checksum: string
  appliedAt: Temporal.Instant
}

/** A row of `settings`. */
export interface SettingRow {
  version: number
  effectiveFrom: Temporal.Instant
  values: unknown
  createdBy: UserId | null
  createdAt: Temporal.Instant
  withdraws: number | null
}

/** A row of `spot_holds`. */
export interface SpotHoldRow {
  id: HoldId
  sessionId: SessionId
  userId: UserId
  kind: 'public' | 'offer' | 'auto' | 'staff' | 'standing'
  status: 'active' | 'confirming' | 'confirmed' | 'released' | 'expired'
  expiresAt: Temporal.Instant
  quote: unknown
  settingsVersion: number
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  createdAt: Temporal.Instant
  endedAt: Temporal.Instant | null
  tellAt: Temporal.Instant | null
}

/** A row of `standing_reservations`. */
export interface StandingReservationRow {
  id: string
  userId: UserId
  seriesId: SeriesId
  membershipId: MembershipId | null
  joinsWaitlist: boolean
  startsOn: Temporal.PlainDate
  endedAt: Temporal.Instant | null
  createdBy: UserId | null
  createdAt: Temporal.Instant
  endsOn: Temporal.PlainDate | null
}

/** A row of `standing_results`. */
export interface StandingResultRow {
  reservationId: string
  sessionId: SessionId
  outcome: 'booked' | 'waitlisted' | 'skipped'
  reason: string | null
  bookingId: BookingId | null
  decidedAt: Temporal.Instant
  sentence: string
}

/** A row of `trainer_profiles`. */
export interface TrainerProfileRow {
  userId: UserId
  bio: string
  retiredAt: Temporal.Instant | null
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

/** A row of `uncounted_days`. */
export interface UncountedDayRow {
  day: Temporal.PlainDate
}

/** A row of `users`. */
export interface UserRow {
  id: UserId
  email: string
  displayName: string
  role: 'client' | 'trainer' | 'admin'
  emailVerified: boolean
  imageUrl: string | null
  demo: boolean
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}

/** A row of `waitlist_entries`. */
export interface WaitlistEntryRow {
  id: EntryId
  sessionId: SessionId
  userId: UserId
  rank: string
  state: 'waiting' | 'offered' | 'accepted' | 'declined' | 'left' | 'expired' | 'closed'
  passedOverReason: string | null
  holdId: HoldId | null
  offersExpired: number
  createdAt: Temporal.Instant
  endedAt: Temporal.Instant | null
  templateId: TemplateId
  joinedPosition: number | null
  asleepUntil: Temporal.Instant | null
}

/** A row of `webhook_deliveries`. */
export interface WebhookDeliveryRow {
  id: string
  endpointId: string
  eventId: number | null
  topic: string
  body: string
  state: 'waiting' | 'delivered' | 'failed'
  attempts: number
  dueAt: Temporal.Instant
  leasedUntil: Temporal.Instant | null
  attemptedAt: Temporal.Instant | null
  deliveredAt: Temporal.Instant | null
  answerStatus: number | null
  answer: string | null
  fault: string | null
  createdAt: Temporal.Instant
}

/** A row of `webhook_endpoints`. */
export interface WebhookEndpointRow {
  id: string
  url: string
  description: string
  topics: string[]
  secret: string
  oldSecret: string | null
  oldSecretUntil: Temporal.Instant | null
  pausedAt: Temporal.Instant | null
  pauseCause: 'asked' | 'failing' | 'gone' | null
  failingSince: Temporal.Instant | null
  lastDeliveredAt: Temporal.Instant | null
  version: number
  createdAt: Temporal.Instant
  updatedAt: Temporal.Instant
}
