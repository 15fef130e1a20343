// A short word after something was done, at the foot of the screen and aloud.
import { Injectable, inject } from '@angular/core'
import { MatSnackBar } from '@angular/material/snack-bar'

@Injectable({ providedIn: 'root' })
export class Notice {
  private readonly bar = inject(MatSnackBar)

  say(words: string): void {
    this.bar.open(words, undefined, { duration: 5000, politeness: 'polite' })
  }
}
