// Where the linter's sentences stand: once in each group that has a setting they name, under the last of those.
import type { SettingsPreview } from '@fitflow/contract/settings.ts'
import type { Said } from './lint-note.ts'
import type { SettingWords } from './setting-kinds.ts'

/** The notes under each of these settings, by its name, contradictions first. */
export function notesOf(settings: readonly SettingWords[], { contradictions, warnings }: SettingsPreview): ReadonlyMap<string, Said[]> {
  const notes = new Map<string, Said[]>()
  const said = [...contradictions.map((words) => ({ words, isContradiction: true })), ...warnings.map((words) => ({ words, isContradiction: false }))]
  for (const one of said) {
    const last = settings.findLast(({ name }) => one.words.settings.includes(name))
    if (last) notes.set(last.name, [...(notes.get(last.name) ?? []), one])
  }
  return notes
}
