// The hours in which a trainer can be booked alone: a week to type into, single days, the slots that come of it, and what is booked already.
import { Component, computed, effect, inject, input, linkedSignal, signal, untracked } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Availability, AvailabilityChange, NewAvailability } from '@fitflow/contract/availability.ts'
import type { ClassTemplate } from '@fitflow/contract/sessions.ts'
import { get } from '../../api/http.ts'
import { live, wholeList } from '../../api/live.ts'
import { rebased, versionedCommand } from '../../api/meanwhile.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { MeanwhileBox } from '../../ui/meanwhile-box.ts'
import { Notice } from '../../ui/notice.ts'
import { titled } from '../../ui/page-title.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { barrenOf, blocksOf, draft, draftsOf, faultOf, inOrder, slotStarts, type Draft } from './availability-draft.ts'
import { saidOf, weekdayName } from './availability-words.ts'
import { BlockRow } from './block-row.ts'

interface Terms {
  slotMinutes: number
  bufferMinutes: number
  noticeHours: number
  horizonDays: number
}

const usual: Terms = { slotMinutes: 60, bufferMinutes: 0, noticeHours: 2, horizonDays: 28 }
const weekdays = [1, 2, 3, 4, 5, 6, 7]

@Component({
  selector: 'app-one-to-one-page',
  imports: [BlockRow, Empty, Icon, MatButton, MeanwhileBox, RefusalBox, RouterLink, Skeleton],
  templateUrl: './one-to-one-page.html',
  styleUrl: './one-to-one-page.css',
})
export class OneToOnePage {
  private readonly router = inject(Router)
  private readonly notice = inject(Notice)
  private readonly asking = inject(Asking)
  protected readonly when = inject(When)

  /** `new`, or the id of a known one. */
  readonly id = input.required<string>()
  protected readonly isNew = computed(() => this.id() === 'new')
  protected readonly page = live<Availability>(() => (this.isNew() || !this.when.known() ? undefined : `/admin/availabilities/${this.id()}`))
  protected readonly templates = live<ClassTemplate[]>(() => (this.isNew() ? '/admin/templates?limit=200' : undefined), { read: wholeList<ClassTemplate>() })
  protected readonly offered = computed(() => (this.templates.value() ?? []).filter((template) => template.kind === 'one_to_one'))
  /** What is shown is waited for as one. */
  protected readonly source = computed(() => (this.isNew() ? this.templates : this.page))
  protected readonly templateId = signal('')
  protected readonly rows = signal<Draft[]>([])
  protected readonly terms = signal<Terms>(usual)
  protected readonly touched = signal(false)
  /** Whether first and last days are asked for. */
  protected readonly seasons = signal(false)
  /** As it was read last: what is typed is typed on it. */
  private readonly base = linkedSignal(() => this.page.value())
  protected readonly saving = versionedCommand<Availability>({
    read: () => get<Availability>(`/admin/availabilities/${this.id()}`),
    says: (known) => saidOf(known, this.when),
    adopt: (is, was) => this.follow(is, was),
  })

  protected readonly week = computed(() => weekdays.map((weekday) => ({ weekday, name: weekdayName(weekday, this.when), rows: this.rows().filter((row) => row.kind === 'weekly' && row.weekday === weekday) })))
  protected readonly days = computed(() => this.rows().filter((row) => row.kind !== 'weekly'))
  protected readonly slotsAWeek = computed(() => this.week().flatMap((day) => day.rows).reduce((sum, row) => sum + slotStarts(row, this.terms()).length, 0))
  private readonly sense = computed(() => ({ slotMinutes: this.terms().slotMinutes, today: this.when.today(), lastDay: this.when.lastDay(), kept: this.base()?.blocks ?? [] }))
  protected readonly fault = computed(() => this.rows().some((row) => this.faultIn(row) !== '') || !isSensible(this.terms()))
  /** Why nobody could ever book, once there is something to look at. */
  protected readonly barren = computed(() => {
    const { noticeHours, horizonDays } = this.terms()
    if (this.fault() || !this.touched()) return ''
    if (noticeHours >= (horizonDays + 1) * 24) return 'The notice is longer than the days ahead: nobody could ever book.'
    const isAhead = (row: Draft): boolean => row.kind !== 'exception' && ((row.kind === 'once' ? row.on : row.validUntil) || this.when.today()) >= this.when.today()
    return this.rows().some(isAhead) ? '' : 'No hours are open from today on. Add some, or put it aside.'
  })
  protected readonly canSave = computed(() => !this.fault() && this.barren() === '' && this.rows().length > 0 && (this.isNew() ? this.templateId() !== '' : this.touched()))

  constructor() {
    titled(() => this.page.value()?.template.name)
    effect(() => {
      const known = this.page.value()
      // What is typed stays until it is saved.
      if (known && !untracked(this.touched)) this.show(known)
    })
    effect(() => {
      const [first] = this.offered()
      if (first && untracked(this.templateId) === '') this.choose(first.id)
    })
  }

  private show({ blocks, slotMinutes, bufferMinutes, noticeMinutes, horizonDays }: Availability): void {
    const drafts = draftsOf(blocks)
    this.rows.set([...drafts.filter((row) => row.kind === 'weekly'), ...inOrder(drafts.filter((row) => row.kind !== 'weekly'))])
    this.terms.set(termsOf({ slotMinutes, bufferMinutes, noticeMinutes, horizonDays }))
    this.touched.set(false)
  }

  /** Hours that were typed stay; hours that were not are theirs. */
  private follow(is: Availability, was: Availability): void {
    this.base.set(is)
    this.terms.set(rebased(this.terms(), termsOf(was), termsOf(is)))
    const areTheirs = JSON.stringify(blocksOf(this.rows())) === JSON.stringify(blocksOf(draftsOf(was.blocks)))
    if (areTheirs) this.rows.set(draftsOf(is.blocks))
  }

  protected choose(templateId: string): void {
    this.templateId.set(templateId)
    const template = this.offered().find((one) => one.id === templateId)
    if (template) this.terms.update((terms) => ({ ...terms, slotMinutes: template.durationMinutes }))
  }

  protected add(of: Parameters<typeof draft>[0]): void {
    this.rows.update((rows) => [...rows, draft(of)])
    this.touched.set(true)
  }

  /** The next stretch of a day begins where its last one ended. */
  protected addHours(weekday: number, last: Draft | undefined): void {
    const from = last && last.to !== '00:00' ? last.to : '09:00'
    this.add({ kind: 'weekly', weekday, from, to: from < '20:00' ? `${String(Number(from.slice(0, 2)) + 3).padStart(2, '0')}${from.slice(2)}` : '23:00' })
  }

  protected change(key: number, change: Partial<Draft>): void {
    this.rows.update((rows) => rows.map((row) => (row.key === key ? { ...row, ...change } : row)))
    this.touched.set(true)
  }

  protected faultIn(row: Draft): string {
    return faultOf(row) || barrenOf(row, this.sense())
  }

  protected remove(key: number): void {
    this.rows.update((rows) => rows.filter((row) => row.key !== key))
    this.touched.set(true)
  }

  protected set(name: keyof Terms, event: Event): void {
    const { valueAsNumber } = event.target as HTMLInputElement
    this.terms.update((terms) => ({ ...terms, [name]: valueAsNumber }))
    this.touched.set(true)
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }

  protected undo(): void {
    const known = this.base()
    if (known) this.show(known)
    this.saving.clear()
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault()
    if (!this.canSave()) return
    const { noticeHours, ...plain } = this.terms()
    const said = { ...plain, noticeMinutes: Math.round(noticeHours * 60), blocks: blocksOf(this.rows()) }
    if (this.isNew()) return this.create({ templateId: this.templateId(), ...said })
    const body: AvailabilityChange = said
    const done = await this.saving.send<Availability>(this.base(), { method: 'PATCH', path: `/admin/availabilities/${this.id()}`, body })
    if (!done) return
    this.show(done.answer)
    this.notice.say('Saved. What is booked stays as it is.')
    this.page.reload()
  }

  private async create(body: NewAvailability): Promise<void> {
    const done = await this.saving.send<Availability>(undefined, { method: 'POST', path: '/admin/availabilities', body })
    if (!done) return
    this.notice.say('Members can book these times.')
    await this.router.navigateByUrl('/staff/one-to-ones')
  }

  protected async putAside({ id, template }: Availability): Promise<void> {
    const body: AvailabilityChange = { archived: true }
    const done = await this.asking.toDo({
      title: `Put ${template.name} aside?`,
      words: 'Members see no free times of it any more. Whoever has one booked keeps it, and its hours can be brought back.',
      yes: 'Put aside',
      no: 'Keep it',
      danger: false,
      ask: { method: 'PATCH', path: `/admin/availabilities/${id}`, body },
    })
    if (done) await this.router.navigateByUrl('/staff/one-to-ones')
  }
}

const termsOf = ({ slotMinutes, bufferMinutes, noticeMinutes, horizonDays }: Pick<Availability, 'slotMinutes' | 'bufferMinutes' | 'noticeMinutes' | 'horizonDays'>): Terms => ({ slotMinutes, bufferMinutes, noticeHours: noticeMinutes / 60, horizonDays })

function isSensible({ slotMinutes, bufferMinutes, noticeHours, horizonDays }: Terms): boolean {
  const within = (value: number, least: number, most: number) => value >= least && value <= most
  return within(slotMinutes, 5, 720) && within(bufferMinutes, 0, 720) && within(noticeHours, 0, 720) && within(horizonDays, 1, 366)
}
