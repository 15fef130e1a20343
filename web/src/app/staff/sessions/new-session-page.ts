// A session out of a template: which, when by the studio's wall clock, for how many, with whom.
import { Component, computed, effect, inject, input } from '@angular/core'
import { toSignal } from '@angular/core/rxjs-interop'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { ClassTemplate, NewSession, StaffSession } from '@fitflow/contract/sessions.ts'
import { command } from '../../api/command.ts'
import { live, wholeList } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { instantOf, isoOf } from '../../api/zoned.ts'
import { Who } from '../../auth/who.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

@Component({
  selector: 'app-new-session-page',
  imports: [Empty, Icon, MatButton, ReactiveFormsModule, RefusalBox, RouterLink, Skeleton],
  templateUrl: './new-session-page.html',
  styleUrl: './session-form.css',
})
export class NewSessionPage {
  private readonly router = inject(Router)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly who = inject(Who)

  /** The template to start from, out of the address. */
  readonly template = input<string>()
  /** The day and the wall time to start from, where the calendar was clicked. */
  readonly day = input<string>()
  readonly time = input<string>()
  protected readonly templates = live<ClassTemplate[]>(() => '/admin/templates?limit=200', { read: wholeList<ClassTemplate>() })
  protected readonly trainers = live<Page<Trainer>>(() => '/trainers?limit=200')
  protected readonly creating = command()
  protected readonly usable = computed(() => (this.templates.value() ?? []).filter((template) => !template.archived))

  protected readonly form = inject(NonNullableFormBuilder).group({
    templateId: ['', Validators.required],
    day: ['', Validators.required],
    time: ['', Validators.required],
    capacity: [0, [Validators.required, Validators.min(1), Validators.max(100_000)]],
    trainerId: ['', Validators.required],
    publish: [true],
  })
  protected readonly values = toSignal(this.form.valueChanges, { initialValue: this.form.getRawValue() })
  protected readonly chosen = computed(() => this.usable().find((template) => template.id === this.values().templateId))

  /** What will stand in the schedule, in words. */
  protected readonly preview = computed(() => {
    const { day, time } = this.values()
    const template = this.chosen()
    if (!day || !time || !template) return ''
    const startsAt = instantOf(day, time, this.when.zone())
    const endsAt = isoOf(Date.parse(startsAt) + template.durationMinutes * 60_000)
    const zone = this.when.zoneNote()
    return `${this.when.longDay(this.when.dayOf(startsAt))}, ${this.when.hour(startsAt)} to ${this.when.hour(endsAt)}${zone ? `, ${zone}` : ''}`
  })

  constructor() {
    effect(() => {
      const wanted = this.usable().find((template) => template.id === this.template()) ?? this.usable()[0]
      if (wanted && this.form.controls.templateId.pristine) this.form.patchValue({ templateId: wanted.id })
    })
    // A template brings its own size and trainer; both can then be changed for this one session.
    effect(() => {
      const template = this.chosen()
      if (template) this.form.patchValue({ capacity: template.defaultCapacity, trainerId: template.trainer.id })
    })
    effect(() => {
      if (this.form.controls.day.pristine) this.form.patchValue({ day: this.day() ?? this.when.addDays(this.when.today(), 1), time: this.time() ?? '07:00' })
    })
  }

  protected async create(): Promise<void> {
    this.form.markAllAsTouched()
    if (this.form.invalid) return
    const { templateId, day, time, capacity, trainerId, publish } = this.form.getRawValue()
    const body: NewSession = {
      templateId,
      startsAt: instantOf(day, time, this.when.zone()),
      capacity,
      status: publish ? 'published' : 'draft',
      ...(this.who.isAdmin() ? { trainerId } : {}),
    }
    const done = await this.creating.send<StaffSession>({ method: 'POST', path: '/admin/sessions', body })
    if (!done) return
    this.notice.say(publish ? 'Published. Members can book it.' : 'Saved as a draft.')
    await this.router.navigate(['/staff/sessions', done.answer.id])
  }
}
