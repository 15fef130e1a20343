// An address as somebody reads it who may not have it: enough to ask "is it the one at that house?".

/** Its first letter and its house: `m•••@example.test`. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
