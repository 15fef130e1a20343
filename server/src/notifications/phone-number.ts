// What somebody typed as the one number it means, or none that an SMS may be sent to.
import { parsePhoneNumberFromString, type NumberType } from 'libphonenumber-js/max'
import { malformed } from '../platform/shape.ts'

// Numbers that cost whoever writes to them, or that nobody reads at, are how others earn by our SMS.
const readable: readonly NumberType[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP', 'PERSONAL_NUMBER']

/** E.164 of a mobile number with its country's code. Throws `invalid-request`. */
export function readNumber(typed: string): string {
  // The whole of it, not a number somewhere in it.
  const number = parsePhoneNumberFromString(typed, { extract: false })
  if (!number?.isValid()) throw refused('is not a telephone number: write it with the code of its country, as in +34 612 345 678')
  if (!readable.includes(number.getType())) throw refused('is not a mobile number')
  return number.number
}

const refused = (message: string) => malformed([{ path: 'body/number', message }])
