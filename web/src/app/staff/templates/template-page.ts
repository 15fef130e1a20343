// One template, new or known: every field of it in one form.
import { Component, computed, effect, inject, input, linkedSignal } from '@angular/core'
import { toSignal } from '@angular/core/rxjs-interop'
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import { firstValueFrom } from 'rxjs'
import type { Trainer } from '@fitflow/contract/identity.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { ClassTemplate, NewTemplate, SessionKind, TemplateChange, WaitlistMode } from '@fitflow/contract/sessions.ts'
import { minorDigits, moneyOf } from '../../api/amounts.ts'
import { live, wholeList } from '../../api/live.ts'
import { rebased, versionedCommand, type Said } from '../../api/meanwhile.ts'
import { StudioFace } from '../../api/studio.ts'
import { Who } from '../../auth/who.ts'
import { Asking } from '../../ui/asking.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { MeanwhileBox } from '../../ui/meanwhile-box.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { ApplyDialog } from './apply-dialog.ts'

const whole = wholeList<ClassTemplate>()
const every = '/admin/templates?limit=200'
const readEvery = async (path: string, signal: AbortSignal): Promise<ClassTemplate[]> => [...(await whole(path, signal)), ...(await whole(`${path}&archived=true`, signal))]

/** As the form holds it. */
function formOf({ name, type, description, durationMinutes, kind, waitlistMode, defaultCapacity, trainer, price: { credits, money } }: ClassTemplate) {
  const dropIn = money ? money.amount / 10 ** minorDigits(money.currency) : null
  return { name, type, description, durationMinutes, kind, waitlistMode, defaultCapacity, trainerId: trainer.id, credits, dropIn }
}

/** What somebody else may have changed of it meanwhile. */
function saidOf({ name, type, description, durationMinutes, waitlistMode, defaultCapacity, trainer, price, archived }: ClassTemplate): Said {
  return {
    ...{ Name: name, Type: type, Description: description, Minutes: String(durationMinutes), 'People at most': String(defaultCapacity), Trainer: trainer.name },
    ...{ Credits: String(price.credits), 'Drop-in price': price.money ? moneyOf(price.money) : 'Not sold singly' },
    ...{ 'A spot that comes free': waitlistMode === 'auto' ? 'Booked at once' : 'Offered', State: archived ? 'Archived' : 'In use' },
  }
}

@Component({
  selector: 'app-template-page',
  imports: [Empty, Icon, MatButton, MeanwhileBox, ReactiveFormsModule, RefusalBox, RouterLink, Skeleton],
  templateUrl: './template-page.html',
  styles: `
    .staff-page {
      max-width: 680px;
    }
    h1 {
      margin: 4px 0 24px;
    }
    .form {
      padding: 24px;
    }
    .last {
      margin-inline-start: auto;
    }
  `,
})
export class TemplatePage {
  private readonly router = inject(Router)
  private readonly notice = inject(Notice)
  private readonly asking = inject(Asking)
  private readonly dialog = inject(MatDialog)
  protected readonly who = inject(Who)
  protected readonly studio = inject(StudioFace)

  /** `new`, or the id of a known one. */
  readonly id = input.required<string>()
  protected readonly isNew = computed(() => this.id() === 'new')
  /** Those in use and those archived: an address keeps leading to its template. */
  protected readonly list = live<ClassTemplate[]>(() => every, { read: readEvery })
  protected readonly trainers = live<Page<Trainer>>(() => '/trainers?limit=200')
  private readonly listed = computed(() => this.list.value()?.find((template) => template.id === this.id()))
  /** As it was read last: another than is listed once somebody else has changed it. */
  protected readonly known = linkedSignal(() => this.listed())
  protected readonly types = computed(() => [...new Set((this.list.value() ?? []).map((template) => template.type))].sort())
  protected readonly saving = versionedCommand<ClassTemplate>({
    read: async () => (await readEvery(every, new AbortController().signal)).find((template) => template.id === this.id()),
    says: saidOf,
    adopt: (is, was) => {
      this.known.set(is)
      this.form.patchValue(rebased(this.form.getRawValue(), formOf(was), formOf(is)))
    },
  })

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.pattern(/\S/), Validators.maxLength(100)]],
    type: ['', [Validators.required, Validators.pattern(/\S/), Validators.maxLength(60)]],
    description: ['', Validators.maxLength(4000)],
    durationMinutes: [60, [Validators.required, Validators.min(5), Validators.max(720)]],
    kind: ['class' as SessionKind],
    waitlistMode: ['offer' as WaitlistMode],
    defaultCapacity: [12, [Validators.required, Validators.min(1), Validators.max(100_000)]],
    trainerId: [''],
    credits: [1, [Validators.required, Validators.min(0), Validators.max(100)]],
    dropIn: [null as number | null, Validators.min(0)],
  })
  private readonly kind = toSignal(this.form.controls.kind.valueChanges, { initialValue: 'class' })
  protected readonly isOneToOne = computed(() => this.kind() === 'one_to_one')

  constructor() {
    effect(() => {
      const template = this.listed()
      if (template) this.form.reset(formOf(template))
    })
  }

  protected async archive(template: ClassTemplate): Promise<void> {
    const body: TemplateChange = { archived: true }
    const done = await this.asking.toDo({
      title: `Archive ${template.name}?`,
      words: 'No new sessions come out of it. Those there are stay as they are, and it can be brought back.',
      yes: 'Archive',
      no: 'Keep it',
      danger: false,
      ask: { method: 'PATCH', path: `/admin/templates/${template.id}`, body },
    })
    if (done) await this.router.navigateByUrl('/staff/templates')
  }

  protected async save(): Promise<void> {
    this.form.markAllAsTouched()
    if (this.form.invalid) return
    const { dropIn, trainerId, kind, ...plain } = this.form.getRawValue()
    const body: NewTemplate & TemplateChange = {
      ...plain,
      ...(kind === 'one_to_one' ? { defaultCapacity: 1 } : {}),
      ...(this.isNew() ? { kind } : {}),
      dropIn: dropIn === null ? null : Math.round(dropIn * 10 ** minorDigits(this.studio.currency())),
      ...(trainerId && this.who.isAdmin() ? { trainerId } : {}),
    }
    const ask = this.isNew()
      ? ({ method: 'POST', path: '/admin/templates', body } as const)
      : ({ method: 'PATCH', path: `/admin/templates/${this.id()}`, body } as const)
    const done = await this.saving.send<ClassTemplate>(this.known(), ask)
    if (!done) return
    this.notice.say(this.isNew() ? `${plain.name} is ready. Make sessions or a series out of it.` : await this.offerToClasses(done.answer))
    await this.router.navigateByUrl('/staff/templates')
  }

  /** What is in the schedule keeps its numbers unless somebody says otherwise; a 1:1 has no classes of its own. */
  private async offerToClasses(is: ClassTemplate): Promise<string> {
    const was = this.known()
    const numbers = ({ durationMinutes, defaultCapacity, trainer, price }: ClassTemplate): string => JSON.stringify([durationMinutes, defaultCapacity, trainer.id, price])
    if (!was || is.kind !== 'class' || numbers(was) === numbers(is)) return 'Saved.'
    const opened = this.dialog.open<ApplyDialog, ClassTemplate, string>(ApplyDialog, { data: is, maxWidth: '94vw', autoFocus: 'dialog' })
    return (await firstValueFrom(opened.afterClosed())) || 'Saved. Classes to come keep what they were made with.'
  }
}
