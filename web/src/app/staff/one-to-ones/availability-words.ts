// An availability in the words of the people who keep it.
import { counted } from '../../api/amounts.ts'
import type { Availability, Block } from '@fitflow/contract/availability.ts'
import type { Said } from '../../api/meanwhile.ts'
import type { When } from '../../api/when.ts'

/** Any Monday: weekdays are named after the days that follow it. */
const aMonday = '2024-01-01'

/** "Monday" of 1. */
export const weekdayName = (weekday: number, when: When, style: 'short' | 'long' = 'long'): string => when.weekday(when.addDays(aMonday, weekday - 1), style)

const stretch = ({ from, to }: Block): string => `${from}–${to === '24:00' ? '00:00' : to}`

/** The week as rows: its days, and what is open on each. */
export function weekOf({ blocks }: Availability, when: When): { day: string; times: string }[] {
  const weekly = blocks.filter((block) => block.kind === 'weekly')
  return [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
    const times = weekly.filter((block) => block.weekday === weekday).map(stretch)
    return times.length > 0 ? [{ day: weekdayName(weekday, when, 'short'), times: times.join(', ') }] : []
  })
}

/** What of single days lies ahead: "Away Tue 24 Nov". */
export function aheadOf({ blocks }: Availability, when: When): string[] {
  const coming = blocks.filter((block) => block.on !== undefined && block.on >= when.today())
  return coming.map((block) => {
    const whole = block.from === '00:00' && block.to === '24:00'
    return `${block.kind === 'exception' ? 'Away' : 'Open'} ${when.shortDay(block.on ?? '')}${whole ? '' : `, ${stretch(block)}`}`
  })
}

/** "3 h" of 180. */
function durationInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

export function termsInWords({ slotMinutes, bufferMinutes, noticeMinutes, horizonDays }: Availability): string {
  const between = bufferMinutes > 0 ? `, ${bufferMinutes} min between` : ''
  const notice = noticeMinutes > 0 ? `, up to ${durationInWords(noticeMinutes)} before` : ''
  return `${slotMinutes} min${between}${notice}, ${counted(horizonDays, 'day')} ahead`
}

/** What somebody else may have changed of it meanwhile. */
export function saidOf(known: Availability, when: When): Said {
  const week = weekOf(known, when).map(({ day, times }) => `${day} ${times}`)
  return { 'Each week': week.join('; '), 'Single days': aheadOf(known, when).join('; '), 'Each time': termsInWords(known), State: known.archived ? 'Put aside' : 'In use' }
}
