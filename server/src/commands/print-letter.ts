// Letters to people, as long as there is no mail: printed where whoever runs the studio sees them.
import type { Letter } from '../identity/auth.ts'

const subjects: Record<Letter['about'], string> = {
  'password-reset': 'can set a new password here (one hour)',
  'email-verification': 'can confirm this address here',
  'magic-link': 'can sign in here (five minutes)',
}

/** Prints a link for whoever it concerns; the person at the console passes it on. */
export function printLetter({ to, about, link }: Letter): void {
  console.log(`\n  ${to} ${subjects[about]}:\n  ${link}\n`)
}
