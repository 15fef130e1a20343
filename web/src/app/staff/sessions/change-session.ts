// Changes one session: its size, its trainer, its start. Only what was changed is sent.
import { Component, computed, effect, inject, input, output, untracked } from '@angular/core'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { MatButton } from '@angular/material/button'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { SessionChange, StaffSession } from '@fitflow/contract/sessions.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'
import { Who } from '../../auth/who.ts'
import { RefusalBox } from '../../ui/refusal.ts'

@Component({
  selector: 'app-change-session',
  imports: [MatButton, ReactiveFormsModule, RefusalBox],
  template: `
    <form class="card form" [formGroup]="form" (ngSubmit)="save()" aria-label="Change this session">
      <div class="form-pair">
        <div class="field">
          <label for="capacity">People at most</label>
          <input class="input num" id="capacity" type="number" inputmode="numeric" min="1" formControlName="capacity" aria-describedby="capacity-help" />
          <span class="help num" id="capacity-help">{{ session().taken }} taken now. More room goes to the waitlist first.</span>
        </div>
        @if (who.isAdmin()) {
          <div class="field">
            <label for="trainer">Trainer</label>
            <select class="input" id="trainer" formControlName="trainerId">
              @for (one of choices(); track one.id) {
                <option [value]="one.id">{{ one.name }}</option>
              }
            </select>
          </div>
        }
        <div class="field">
          <label for="day">Day</label>
          <input class="input" id="day" type="date" formControlName="day" />
        </div>
        <div class="field">
          <label for="time">Start</label>
          <input class="input num" id="time" type="time" formControlName="time" />
        </div>
      </div>
      @if (saving.problem(); as problem) {
        <app-refusal [problem]="problem" [inline]="true" [retry]="false" />
      }
      <div class="actions">
        <button matButton="filled" class="dense" [disabled]="saving.busy() || form.invalid || form.pristine">Save</button>
        <button matButton class="dense" type="button" (click)="dismissed.emit()">Never mind</button>
      </div>
    </form>
  `,
  styles: `
    :host {
      display: block;
      margin-bottom: 24px;
    }
  `,
})
export class ChangeSession {
  readonly session = input.required<StaffSession>()
  readonly changed = output()
  readonly dismissed = output()
  private readonly when = inject(When)
  protected readonly who = inject(Who)
  protected readonly saving = command()
  private readonly trainers = live<Page<Trainer>>(() => '/trainers?limit=200')
  /** The present trainer is in the list even before it has come. */
  protected readonly choices = computed(() => {
    const present = this.session().trainer
    const items = this.trainers.value()?.items ?? []
    return items.some((one) => one.id === present.id) ? items : [present, ...items]
  })

  protected readonly form = inject(NonNullableFormBuilder).group({
    capacity: [1, [Validators.required, Validators.min(1)]],
    trainerId: [''],
    day: ['', Validators.required],
    time: ['', Validators.required],
  })

  constructor() {
    effect(() => {
      const session = this.session()
      // A refresh every few seconds must not take away what somebody is typing.
      untracked(() => this.form.pristine && this.form.reset(this.asForm(session)))
    })
  }

  protected async save(): Promise<void> {
    const session = this.session()
    const was = this.asForm(session)
    const is = this.form.getRawValue()
    const body: SessionChange = {}
    if (is.capacity !== was.capacity) body.capacity = is.capacity
    if (is.trainerId !== was.trainerId) body.trainerId = is.trainerId
    if (is.day !== was.day || is.time !== was.time) body.startsAt = instantOf(is.day, is.time, this.when.zone())
    if (Object.keys(body).length === 0) return this.dismissed.emit()
    const done = await this.saving.send<StaffSession>({ method: 'PATCH', path: `/admin/sessions/${session.id}`, body })
    if (done) this.changed.emit()
  }

  private asForm(session: StaffSession): { capacity: number; trainerId: string; day: string; time: string } {
    return {
      capacity: session.capacity,
      trainerId: session.trainer.id,
      day: this.when.dayOf(session.startsAt),
      time: this.when.hour(session.startsAt),
    }
  }
}
