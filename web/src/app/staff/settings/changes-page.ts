// Every change of the settings: what it changed from what, who made it and when it holds; what is planned can be withdrawn.
import { Component, computed, inject } from '@angular/core'
import { RouterLink, RouterLinkActive } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { SettingsVersion } from '@fitflow/contract/settings.ts'
import { pages } from '../../api/pages.ts'
import { StudioFace } from '../../api/studio.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { saidOf } from './setting-draft.ts'
import { settingGroups, wordsOf } from './setting-words.ts'

const names: string[] = settingGroups.flatMap((group) => group.settings.map((setting) => setting.name))

const states: Record<SettingsVersion['state'], { words: string; tone: string }> = {
  planned: { words: 'Planned', tone: 'held' },
  in_force: { words: 'In force', tone: 'good' },
  replaced: { words: 'Held before', tone: '' },
  withdrawn: { words: 'Withdrawn', tone: 'bad' },
}

@Component({
  selector: 'app-changes-page',
  imports: [Empty, Icon, MatButton, RefusalBox, RouterLink, RouterLinkActive, Skeleton],
  templateUrl: './changes-page.html',
  styleUrl: './changes-page.css',
})
export class ChangesPage {
  private readonly studio = inject(StudioFace)
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  protected readonly when = inject(When)
  protected readonly list = pages<SettingsVersion>(() => (this.when.known() ? '/admin/settings/versions' : undefined))
  protected readonly shown = computed(() => this.list.items().map((version) => ({ version, state: states[version.state], from: this.when.moment(version.effectiveFrom), rows: this.rowsOf(version) })))

  /** In the order of the settings' page; what was said anew but not changed is left out. */
  private rowsOf({ changes }: SettingsVersion): { label: string; was: string; is: string }[] {
    const currency = this.studio.currency()
    const place = (name: string) => names.indexOf(name)
    const real = changes.filter(({ was, is }) => was !== is).sort((a, b) => place(a.setting) - place(b.setting))
    return real.map(({ setting, was, is }) => {
      const words = wordsOf(setting)
      const said = (value: typeof is) => (words ? saidOf(words, value, currency) : String(value))
      return { label: words?.label ?? setting, was: said(was), is: said(is) }
    })
  }

  protected async withdraw({ version, effectiveFrom }: SettingsVersion): Promise<void> {
    const done = await this.asking.toDo({
      title: 'Withdraw this change?',
      words: `It does not take force on ${this.when.moment(effectiveFrom)}. What else is planned goes on without it.`,
      yes: 'Withdraw',
      no: 'Keep it',
      danger: true,
      ask: { method: 'POST', path: '/admin/settings/withdraw', body: { version } },
    })
    if (!done) return
    this.notice.say('Withdrawn. It will not take force.')
    this.list.first.reload()
  }
}
