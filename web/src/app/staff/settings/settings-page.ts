// The studio's settings: what each does in plain words; a change is in force at once.
import { Component, computed, effect, inject } from '@angular/core'
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms'
import { MatButton } from '@angular/material/button'
import type { Settings, SettingsChange } from '@fitflow/contract/settings.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { StudioFace } from '../../api/studio.ts'
import { When } from '../../api/when.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { settingGroups, type SettingName } from './setting-words.ts'

const names = settingGroups.flatMap((group) => group.settings.map((setting) => setting.name))

const valuesOf = ({ version: _version, effectiveFrom: _from, warnings: _warnings, ...values }: Settings) => values

@Component({
  selector: 'app-settings-page',
  imports: [MatButton, ReactiveFormsModule, RefusalBox, Skeleton],
  templateUrl: './settings-page.html',
  styleUrl: './settings-page.css',
})
export class SettingsPage {
  private readonly studio = inject(StudioFace)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly groups = settingGroups
  protected readonly page = live<Settings>(() => '/admin/settings')
  protected readonly saving = command()
  /** Browsers leave UTC out of their list, and a studio's own zone must always be in it. */
  protected readonly zones = computed(() => [...new Set(['UTC', this.page.value()?.timeZone ?? 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort())

  protected readonly form = new FormGroup(
    Object.fromEntries(names.map((name) => [name, new FormControl<string | number | boolean>('', { nonNullable: true, validators: Validators.required })])),
  )
  protected readonly since = computed(() => {
    const settings = this.page.value()
    return settings && this.when.known() ? `Version ${settings.version}, in force since ${this.when.moment(settings.effectiveFrom)}.` : ''
  })

  constructor() {
    effect(() => {
      const settings = this.page.value()
      if (settings && this.form.pristine) this.form.reset(valuesOf(settings))
    })
  }

  protected undo(): void {
    const settings = this.page.value()
    if (settings) this.form.reset(valuesOf(settings))
    if (settings) this.studio.paint(settings.accentColor)
    this.saving.clear()
  }

  /** The whole app shows the colour while it is being picked. */
  protected tryAccent(event: Event): void {
    this.studio.paint((event.target as HTMLInputElement).value)
  }

  protected async save(): Promise<void> {
    const settings = this.page.value()
    if (!settings || this.form.invalid) return
    const is = this.form.getRawValue()
    const changed = names.filter((name) => is[name] !== settings[name])
    const body = Object.fromEntries(changed.map((name) => [name, is[name]])) as SettingsChange
    if (changed.length === 0) return this.form.markAsPristine()
    const done = await this.saving.send<Settings>({ method: 'PATCH', path: '/admin/settings', body })
    if (!done) return
    this.form.markAsPristine()
    this.notice.say('Saved. In force from now on.')
    this.page.reload()
    await this.studio.ask()
  }

  protected controlOf(name: SettingName): FormControl<string | number | boolean> {
    return this.form.controls[name] as FormControl<string | number | boolean>
  }
}
