// The class templates: what the studio offers, said once.
import { Component, computed, inject, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { ClassTemplate, TemplateChange } from '@fitflow/contract/sessions.ts'
import { wholePriceOf } from '../../api/amounts.ts'
import { command } from '../../api/command.ts'
import { live, wholeList } from '../../api/live.ts'
import { Empty } from '../../ui/empty.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

@Component({
  selector: 'app-templates-page',
  imports: [Empty, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './templates-page.html',
})
export class TemplatesPage {
  private readonly notice = inject(Notice)
  protected readonly archived = signal(false)
  protected readonly list = live<ClassTemplate[]>(() => `/admin/templates?limit=200${this.archived() ? '&archived=true' : ''}`, {
    read: wholeList<ClassTemplate>(),
  })
  protected readonly shown = computed(() => this.list.value() ?? [])
  protected readonly archiving = command()
  protected readonly wholePriceOf = wholePriceOf

  protected async bringBack(template: ClassTemplate): Promise<void> {
    const body: TemplateChange = { archived: false }
    const done = await this.archiving.send<ClassTemplate>({ method: 'PATCH', path: `/admin/templates/${template.id}`, body })
    if (done) this.notice.say(`${template.name} is back.`)
    this.list.reload()
  }
}
