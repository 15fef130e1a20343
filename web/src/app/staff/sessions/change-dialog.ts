// One change of a class, with who is affected by it before it is made: move, substitute, resize, cancel, publish again, take back.
import { Component, computed, inject, signal } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { ChangePreview, ChangePreviewQuery } from '@fitflow/contract/session-changes.ts'
import type { SessionChange, StaffSession } from '@fitflow/contract/sessions.ts'
import { get } from '../../api/http.ts'
import { live } from '../../api/live.ts'
import { rebased, versionedCommand } from '../../api/meanwhile.ts'
import { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { AffectedList } from '../../ui/affected-list.ts'
import { MeanwhileBox } from '../../ui/meanwhile-box.ts'
import { changeWords, type ChangeKind } from './change-words.ts'
import { saidOfSession } from '../../ui/desk/session-words.ts'

export interface Changing {
  session: StaffSession
  kind: ChangeKind
}

@Component({
  selector: 'app-change-dialog',
  imports: [AffectedList, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, MeanwhileBox, RefusalBox],
  templateUrl: './change-dialog.html',
  styleUrls: ['../../ui/desk/desk-dialog.css', '../../ui/desk/spine.css'],
})
export class ChangeDialog {
  protected readonly of = inject<Changing>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<ChangeDialog, string>>(MatDialogRef)
  protected readonly when = inject(When)
  protected readonly words = changeWords[this.of.kind]
  protected readonly session = signal(this.of.session)

  protected readonly draft = signal(this.draftOf(this.of.session))
  protected readonly reason = signal('')

  private readonly trainers = live<Page<Trainer>>(() => (this.of.kind === 'substitute' ? '/trainers?limit=200' : undefined))
  protected readonly others = computed(() => (this.trainers.value()?.items ?? []).filter((one) => one.id !== this.session().trainer.id))

  /** What would be asked for; undefined while it is what there is. */
  private readonly change = computed<ChangePreviewQuery | undefined>(() => {
    const { trainerId, capacity } = this.draft()
    switch (this.of.kind) {
      case 'move':
        return this.asMove()
      case 'substitute':
        return trainerId === this.session().trainer.id ? undefined : { trainerId }
      case 'resize':
        return capacity >= 1 && capacity !== this.session().capacity ? { capacity } : undefined
      case 'cancel':
      case 'publish-again':
      case 'take-back':
        return this.words.status ? { status: this.words.status } : undefined
    }
  })
  protected readonly preview = live<ChangePreview>(() => {
    const change = this.change()
    if (!change) return undefined
    const query = new URLSearchParams(Object.entries(change).map(([name, value]) => [name, String(value)]))
    return `/admin/sessions/${this.of.session.id}/change-preview?${query}`
  })
  protected readonly asked = computed(() => this.change() !== undefined)
  protected readonly shown = computed(() => (this.asked() ? this.preview.value() : undefined))
  protected readonly stands = computed(() => (this.shown()?.refusals.length ?? 1) > 0)
  protected readonly doing = versionedCommand<StaffSession>({
    read: () => get<StaffSession>(`/admin/sessions/${this.of.session.id}`),
    says: (session) => saidOfSession(session, this.when),
    adopt: (is, was) => {
      this.session.set(is)
      this.draft.update((draft) => rebased(draft, this.draftOf(was), this.draftOf(is)))
      this.preview.reload()
    },
  })

  private draftOf({ startsAt, capacity, trainer }: StaffSession) {
    return { day: this.when.dayOf(startsAt), time: this.when.hour(startsAt), capacity, trainerId: trainer.id }
  }

  protected type(change: Partial<ReturnType<ChangeDialog['draftOf']>>): void {
    this.draft.update((draft) => ({ ...draft, ...change }))
    this.doing.clear()
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  protected async go(): Promise<void> {
    const change = this.change()
    if (!change || this.stands()) return
    const reason = this.reason().trim()
    const body: SessionChange = { ...change, ...(this.of.kind === 'cancel' && reason ? { reason } : {}) }
    const told = this.shown()?.sentence ?? ''
    if (await this.doing.send<StaffSession>(this.session(), { method: 'PATCH', path: `/admin/sessions/${this.of.session.id}`, body })) {
      this.closing.close(`${this.words.done} ${told}`)
    }
  }

  private asMove(): ChangePreviewQuery | undefined {
    const { day, time } = this.draft()
    if (!day || !time) return undefined
    const startsAt = instantOf(day, time, this.when.zone())
    return Date.parse(startsAt) === Date.parse(this.session().startsAt) ? undefined : { startsAt }
  }
}
