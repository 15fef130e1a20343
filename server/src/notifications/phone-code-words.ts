// The SMS that carries a code, in the reader's language.
import type { Language } from './message-kinds.ts'
import { codeMinutes } from './phone-codes.rule.ts'

const words: Record<Language, (code: string, studio: string) => string> = {
  en: (code, studio) => `${code} is your code for ${studio}. It holds for ${codeMinutes} minutes. Tell it to nobody.`,
  es: (code, studio) => `${code} es tu clave para ${studio}. Vale ${codeMinutes} minutos. No se la des a nadie.`,
}

/** The code first: that is what a locked screen shows. */
export function codeSms(language: Language, code: string, studio: string): string {
  return words[language](code, studio)
}
