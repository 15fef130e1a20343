// Every setting in words that a studio's owner would use, in the groups in which they are decided, each with its unit and what it means.
import type { SettingGroup, SettingWords } from './setting-kinds.ts'
import { bookingGroups } from './setting-words-booking.ts'
import { houseGroups } from './setting-words-house.ts'

export const settingGroups: SettingGroup[] = [...houseGroups.slice(0, 1), ...bookingGroups, ...houseGroups.slice(1)]

const words = new Map(settingGroups.flatMap((group) => group.settings.map((setting) => [setting.name as string, setting] as const)))

/** The words of a setting by the name it has on the wire; undefined for one that came after this page. */
export const wordsOf = (name: string): SettingWords | undefined => words.get(name)
