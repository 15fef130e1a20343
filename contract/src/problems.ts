// Every expected no: its code, HTTP status and title. A code that is not here does not exist.

export const problems = {
  'invalid-request': { status: 400, title: 'The request is not well-formed' },
  'idempotency-key-required': { status: 400, title: 'An Idempotency-Key header is required' },
  unauthenticated: { status: 401, title: 'You are not signed in' },
  forbidden: { status: 403, title: 'You may not do this' },
  'booking-not-open': { status: 403, title: 'Booking has not opened yet' },
  'member-blocked': { status: 403, title: 'You may not book for a while' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'request-in-progress': { status: 409, title: 'The same request is still running' },
  'session-full': { status: 409, title: 'This class is full' },
  'session-held': { status: 409, title: 'Every free spot is being held' },
  'session-not-bookable': { status: 409, title: 'This class cannot be booked' },
  'session-not-full': { status: 409, title: 'This class still has a free spot' },
  'session-state': { status: 409, title: 'The class is not in a state that allows this' },
  'booking-closed': { status: 409, title: 'Booking has closed' },
  'already-booked': { status: 409, title: 'There is a booking already' },
  'already-reserved': { status: 409, title: 'There is a standing reservation in this series already' },
  'already-held': { status: 409, title: 'A spot is being held already' },
  'already-waiting': { status: 409, title: 'There is a place on the waitlist already' },
  'waitlist-full': { status: 409, title: 'The waitlist is full' },
  'waitlist-closed': { status: 409, title: 'The waitlist is closed' },
  'own-class': { status: 409, title: 'Nobody takes a spot in their own class' },
  'teaching-then': { status: 409, title: 'There is a class to teach at that time' },
  'overlapping-booking': { status: 409, title: 'There is something else at that time' },
  'too-many-bookings': { status: 409, title: 'You have as many classes as one member may' },
  'too-many-holds': { status: 409, title: 'You are holding too many spots' },
  'insufficient-credits': { status: 409, title: 'Nothing on the account pays for this class' },
  'membership-ended': { status: 409, title: 'This membership has ended' },
  'membership-frozen': { status: 409, title: 'This membership has a freeze under way or to come' },
  'membership-not-frozen': { status: 409, title: 'This membership is not frozen' },
  'membership-unlimited': { status: 409, title: 'Unlimited access has no credits to count' },
  'balance-too-low': { status: 409, title: 'There are fewer credits in it than that' },
  'hold-expired': { status: 409, title: 'The hold has run out' },
  'hold-not-active': { status: 409, title: 'The hold is no longer active' },
  'hold-confirming': { status: 409, title: 'A payment for this hold is under way' },
  'booking-cancelled': { status: 409, title: 'This booking was cancelled' },
  'already-checked-in': { status: 409, title: 'They are checked in already' },
  'checkin-window': { status: 409, title: 'It is not the time for this' },
  'nothing-to-waive': { status: 409, title: 'There is nothing to give back' },
  'booking-not-cancellable': { status: 409, title: 'This booking cannot be cancelled' },
  'consequence-changed': { status: 409, title: 'The consequence of cancelling has changed' },
  'template-archived': { status: 409, title: 'This class template is out of use' },
  'studio-closed': { status: 409, title: 'The studio is closed then' },
  'slot-not-open': { status: 409, title: 'This time is not open for a 1:1' },
  'trainer-busy': { status: 409, title: 'The trainer has something else at that time' },
  'capacity-below-taken': { status: 409, title: 'More spots are taken than that' },
  'setting-contradiction': { status: 409, title: 'These settings contradict each other' },
  'webhook-paused': { status: 409, title: 'This webhook is paused' },
  'webhook-secret-rotating': { status: 409, title: 'The secret was rotated less than a day ago' },
  'too-many-webhooks': { status: 409, title: 'There are as many webhooks as there may be' },
  'settings-not-planned': { status: 409, title: 'This change of the settings is not planned any more' },
  'email-taken': { status: 409, title: 'There is already an account with this address' },
  'last-admin': { status: 409, title: 'The studio would be left without an admin' },
  'message-required': { status: 409, title: 'This message comes in any case' },
  'message-not-failed': { status: 409, title: 'This message has not failed' },
  'sms-not-offered': { status: 409, title: 'This studio sends no SMS' },
  'sms-not-taken': { status: 409, title: 'The SMS was not taken' },
  'phone-code-wrong': { status: 409, title: 'This is not the code that was sent' },
  'phone-code-expired': { status: 409, title: 'There is no code that still holds' },
  'precondition-failed': { status: 412, title: 'It has changed since you read it' },
  'body-too-large': { status: 413, title: 'The request body is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not understood' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'Too busy right now' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** RFC 9457 `application/problem+json`; the facts of a code stand beside these members. */
export interface ProblemBody {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  traceId: string
  errors?: { path: string; message: string }[]
  [fact: string]: unknown
}
