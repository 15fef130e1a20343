// Opens the dialog that asks before a deed, and says whether it was done.
import { Injectable, inject } from '@angular/core'
import { MatDialog } from '@angular/material/dialog'
import { firstValueFrom } from 'rxjs'
import { ActDialog, type Act } from './act-dialog.ts'

@Injectable({ providedIn: 'root' })
export class Asking {
  private readonly dialog = inject(MatDialog)

  async toDo(act: Act): Promise<boolean> {
    const opened = this.dialog.open<ActDialog, Act, boolean>(ActDialog, { data: act, maxWidth: '94vw', autoFocus: 'dialog' })
    return (await firstValueFrom(opened.afterClosed())) === true
  }
}
