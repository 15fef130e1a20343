// Opens a dialog of the desk, says what was done in the words it ends with, and keeps what was typed from a slip of the finger.
import { Injectable, inject, type Type } from '@angular/core'
import { MatDialog } from '@angular/material/dialog'
import { firstValueFrom } from 'rxjs'
import { Notice } from '../notice.ts'

/** A dialog in which something may have been typed. */
export interface Typed {
  typed?(): boolean
}

@Injectable({ providedIn: 'root' })
export class Opening {
  private readonly dialog = inject(MatDialog)
  private readonly notice = inject(Notice)

  /** Whether something was done: the dialog then closes with the words for it. */
  async toDo<Of>(dialog: Type<Typed>, data: Of): Promise<boolean> {
    const opened = this.dialog.open<Typed, Of, string>(dialog, {
      data,
      maxWidth: '94vw',
      maxHeight: '92dvh',
      autoFocus: 'dialog',
      // Escape and a click beside it bring no result; its own buttons do.
      closePredicate: (result, _, instance) => result !== undefined || !(instance as Typed | null)?.typed?.(),
    })
    const told = await firstValueFrom(opened.afterClosed())
    if (!told) return false
    this.notice.say(told)
    return true
  }
}
