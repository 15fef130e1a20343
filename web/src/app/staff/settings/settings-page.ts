// The studio's settings: what each does in plain words, what does not go together while it is typed, and from when a change holds.
import { Component, DestroyRef, computed, effect, inject, linkedSignal, signal } from '@angular/core'
import { RouterLink, RouterLinkActive } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Settings, SettingsPreview, SettingsVersions } from '@fitflow/contract/settings.ts'
import { counted } from '../../api/amounts.ts'
import { get } from '../../api/http.ts'
import { live } from '../../api/live.ts'
import { versionedCommand } from '../../api/meanwhile.ts'
import { StudioFace } from '../../api/studio.ts'
import { When } from '../../api/when.ts'
import { instantOf } from '../../api/zoned.ts'
import { Notice } from '../../ui/notice.ts'
import { MeanwhileBox } from '../../ui/meanwhile-box.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { FromWhen, type Moment } from './from-when.ts'
import { LintNote } from './lint-note.ts'
import { settled } from './settled.ts'
import { changesOf, faultOf, saidOf, textOf, withTyped, type Typed } from './setting-draft.ts'
import { SettingField } from './setting-field.ts'
import type { SettingName, SettingWords } from './setting-kinds.ts'
import { notesOf } from './setting-notes.ts'
import { settingGroups, wordsOf } from './setting-words.ts'

const silence: SettingsPreview = { contradictions: [], warnings: [] }

@Component({
  selector: 'app-settings-page',
  imports: [FromWhen, LintNote, MatButton, MeanwhileBox, RefusalBox, RouterLink, RouterLinkActive, SettingField, Skeleton],
  templateUrl: './settings-page.html',
  styleUrl: './settings-page.css',
})
export class SettingsPage {
  private readonly studio = inject(StudioFace)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly page = live<Settings>(() => '/admin/settings')
  private readonly versions = live<SettingsVersions>(() => '/admin/settings/versions?limit=50')
  protected readonly saving = versionedCommand<Settings>({
    read: () => get<Settings>('/admin/settings'),
    says: (settings) => Object.fromEntries(settingGroups.flatMap(({ settings: group }) => group.map((words) => [words.label, saidOf(words, settings[words.name], settings.currency)]))),
    // What is typed is kept by itself, as what differs from the page.
    adopt: () => this.reload(),
  })
  protected readonly typed = signal<Typed>({})
  protected readonly from = signal<Moment | undefined>(undefined)
  /** Browsers leave UTC out of their list, and a studio's own zone must always be in it. */
  protected readonly zones = computed(() => [...new Set(['UTC', this.page.value()?.timeZone ?? 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort())
  protected readonly currency = computed(() => this.page.value()?.currency ?? 'EUR')

  protected readonly changes = computed(() => {
    const settings = this.page.value()
    return settings ? changesOf(settings, this.typed()) : {}
  })
  protected readonly differences = computed(() => {
    const settings = this.page.value()
    const of = (name: string) => ({ name, label: wordsOf(name)?.label ?? name })
    const said = (name: SettingName, value: string | number | boolean) => saidOf(wordsOf(name) as SettingWords, value, this.currency())
    return settings ? Object.entries(this.changes()).map(([name, is]) => ({ ...of(name), was: said(name as SettingName, settings[name as SettingName]), is: said(name as SettingName, is) })) : []
  })
  protected readonly counted = computed(() => counted(this.differences().length, 'change'))
  protected readonly touched = computed(() => Object.keys(this.typed()).length > 0)
  private readonly effectiveFrom = computed(() => {
    const moment = this.from()
    return moment?.day && moment.time ? instantOf(moment.day, moment.time, this.when.zone()) : undefined
  })
  private readonly faulty = computed(() => Object.entries(this.typed()).some(([name, text]) => faultOf(wordsOf(name) as SettingWords, text, this.currency()) !== ''))
  protected readonly canSave = computed(() => !this.faulty() && this.differences().length > 0 && (this.from() === undefined || this.effectiveFrom() !== undefined))

  private readonly asked = computed(() => {
    const query = new URLSearchParams(Object.entries(this.changes()).map(([name, value]): [string, string] => [name, String(value)]))
    const from = this.effectiveFrom()
    if (from) query.set('effectiveFrom', from)
    return query.size > 0 ? `/admin/settings-preview?${query}` : '/admin/settings-preview'
  })
  private readonly preview = live<SettingsPreview>(settled(this.asked, 300))
  /** While the next words are on their way the last ones stay. */
  private readonly heard = linkedSignal<SettingsPreview | undefined, SettingsPreview>({
    source: this.preview.value,
    computation: (now, before) => now ?? before?.value ?? silence,
  })
  protected readonly refused = computed(() => this.preview.problem()?.errors ?? [])
  protected readonly groups = computed(() => {
    const settings = this.page.value()
    if (!settings) return []
    const values = withTyped(settings, this.typed())
    const visible = settingGroups.map((group) => ({ ...group, settings: group.settings.filter((setting) => setting.when?.(values) ?? true) }))
    return visible.map((group) => ({ ...group, notes: notesOf(group.settings, this.heard()) }))
  })
  protected readonly verdict = computed(() => {
    const { contradictions, warnings } = this.heard()
    return [contradictions.length > 0 ? counted(contradictions.length, 'contradiction') : '', warnings.length > 0 ? counted(warnings.length, 'warning') : ''].filter(Boolean).join(', ')
  })
  protected readonly contradicted = computed(() => new Set(this.heard().contradictions.flatMap((words) => words.settings)))

  protected readonly since = computed(() => {
    const holding = this.versions.value()?.items.find((version) => version.state === 'in_force')
    if (!holding || !this.when.known()) return ''
    return `In force since ${this.when.moment(holding.effectiveFrom)}${holding.madeBy ? `, changed by ${holding.madeBy.name}` : ''}.`
  })
  protected readonly planned = computed(() => (this.versions.value()?.items ?? []).filter((version) => version.state === 'planned').reverse())

  constructor() {
    effect(() => {
      const settings = this.page.value()
      // The whole app shows the colour while it is being picked.
      if (settings) this.studio.paint(this.typed().accentColor ?? settings.accentColor)
    })
    inject(DestroyRef).onDestroy(() => this.undo())
  }

  protected textOf(words: SettingWords): string {
    const settings = this.page.value() as Settings
    return this.typed()[words.name] ?? textOf(words, settings[words.name], this.currency())
  }

  protected type(words: SettingWords, text: string): void {
    const settings = this.page.value() as Settings
    const { [words.name]: _before, ...others } = this.typed()
    // Typed back to what it was, it is no change any more.
    const isBack = text === textOf(words, settings[words.name], this.currency())
    this.typed.set(isBack ? others : { ...others, [words.name]: text })
    this.saving.clear()
  }

  protected refusedFor(name: string): string {
    const error = this.refused().find(({ path }) => path === `query/${name}`)
    return error ? `${error.message[0]?.toUpperCase()}${error.message.slice(1)}.` : ''
  }

  protected goTo(id: string): void {
    const place = document.getElementById(id)
    place?.scrollIntoView({ block: 'center' })
    const field = place?.matches('input, select') ? place : place?.querySelector('button')
    ;(field as HTMLElement | null | undefined)?.focus({ preventScroll: true })
  }

  protected undo(): void {
    const settings = this.page.value()
    this.typed.set({})
    this.from.set(undefined)
    if (settings) this.studio.paint(settings.accentColor)
    this.saving.clear()
  }

  private reload(): void {
    this.page.reload()
    this.versions.reload()
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault()
    const settings = this.page.value()
    if (!settings || !this.canSave()) return
    const effectiveFrom = this.effectiveFrom()
    const body = { ...this.changes(), ...(effectiveFrom ? { effectiveFrom } : {}) }
    const done = await this.saving.send<Settings>(settings, { method: 'PATCH', path: '/admin/settings', body })
    if (!done) return
    this.notice.say(effectiveFrom ? `Planned for ${this.when.moment(effectiveFrom)}.` : 'Saved. In force from now on.')
    this.undo()
    this.reload()
    await this.studio.ask()
  }
}
