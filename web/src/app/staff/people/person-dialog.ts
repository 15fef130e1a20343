// One user: name, role, whether they teach and how they are introduced. A change of role is in force at once.
import { Component, computed, inject } from '@angular/core'
import { toSignal } from '@angular/core/rxjs-interop'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MAT_DIALOG_DATA, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogRef, MatDialogTitle } from '@angular/material/dialog'
import type { TrainerProfileChange, User, UserChange } from '@fitflow/contract/identity.ts'
import { command } from '../../api/command.ts'
import type { Ask } from '../../api/http.ts'
import { Who } from '../../auth/who.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { roleNames, roles } from './role-names.ts'

@Component({
  selector: 'app-person-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ReactiveFormsModule, RefusalBox, RouterLink],
  template: `
    <h2 mat-dialog-title>{{ user.name }}</h2>
    <mat-dialog-content>
      <form class="form" id="person" [formGroup]="form" (ngSubmit)="save()">
        <p class="quiet who"><span>{{ user.email }}</span><a [routerLink]="['/staff/clients', user.id]" mat-dialog-close>Their page as a client</a></p>
        <div class="field">
          <label for="name">Name</label>
          <input class="input" id="name" formControlName="name" maxlength="100" required />
        </div>
        <div class="field">
          <label for="role">Role</label>
          <select class="input" id="role" formControlName="role" aria-describedby="role-help">
            @for (role of roles; track role) {
              <option [value]="role">{{ roleNames[role] }}</option>
            }
          </select>
          <span class="help" id="role-help">{{ isSelf ? 'This is you: nobody takes their own keys away.' : 'In force at once, wherever they are signed in.' }}</span>
        </div>
        <label class="check">
          <input type="checkbox" formControlName="teaches" />
          <span>Teaches: may be chosen as the trainer of a class</span>
        </label>
        @if (teaches()) {
          <div class="field">
            <label for="bio">A few words for members</label>
            <textarea class="input" id="bio" formControlName="bio" maxlength="2000" aria-describedby="bio-help"></textarea>
            <span class="help" id="bio-help">Members read them where they choose a trainer.</span>
          </div>
        } @else if (user.teaches) {
          <p class="quiet" role="status">Nobody can be given a class with them any more. Those they have stay theirs until you substitute somebody.</p>
        }
        @if (saving.problem(); as problem) {
          <app-refusal [problem]="problem" [inline]="true" (again)="save()" />
        }
      </form>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Never mind</button>
      <button matButton="filled" form="person" [disabled]="saving.busy() || form.invalid || form.pristine">Save</button>
    </mat-dialog-actions>
  `,
  styles: `
    .form {
      color: var(--ink);
    }
    .who {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 16px;
    }
    .who a {
      display: inline-flex;
      align-items: center;
      min-height: 44px;
    }
    .check {
      display: flex;
      align-items: center;
      gap: 12px;
      min-height: 44px;
    }
    .check input {
      width: 20px;
      height: 20px;
      margin: 0;
      accent-color: var(--accent);
    }
  `,
})
export class PersonDialog {
  protected readonly user = inject<User>(MAT_DIALOG_DATA)
  private readonly closing = inject<MatDialogRef<PersonDialog, boolean>>(MatDialogRef)
  private readonly notice = inject(Notice)
  protected readonly isSelf = inject(Who).me()?.id === this.user.id
  protected readonly roles = roles
  protected readonly roleNames = roleNames
  protected readonly saving = command()
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.user.name, [Validators.required, Validators.pattern(/\S/)]],
    role: [{ value: this.user.role, disabled: this.isSelf }],
    teaches: [this.user.teaches],
    bio: [this.user.bio ?? ''],
  })
  private readonly values = toSignal(this.form.valueChanges, { initialValue: this.form.getRawValue() })
  protected readonly teaches = computed(() => this.values().teaches ?? false)

  protected async save(): Promise<void> {
    if (this.form.invalid) return
    for (const ask of this.asks()) if (!(await this.saving.send(ask))) return
    this.notice.say('Saved.')
    this.closing.close(true)
  }

  private asks(): Ask[] {
    const { name, role, teaches, bio } = this.form.getRawValue()
    const path = `/admin/users/${this.user.id}`
    const asks: Ask[] = []
    const change: UserChange = {}
    if (name.trim() !== this.user.name) change.name = name.trim()
    if (role !== this.user.role) change.role = role
    if (Object.keys(change).length > 0) asks.push({ method: 'PATCH', path, body: change })
    const profile: TrainerProfileChange = { bio: bio.trim() }
    if (teaches && (!this.user.teaches || profile.bio !== this.user.bio)) asks.push({ method: 'PUT', path: `${path}/trainer-profile`, body: profile })
    if (!teaches && this.user.teaches) asks.push({ method: 'DELETE', path: `${path}/trainer-profile` })
    return asks
  }
}
