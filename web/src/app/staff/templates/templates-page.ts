// The class templates: what the studio offers, said once.
import { Component, computed, inject, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { ClassTemplate, TemplateChange } from '@fitflow/contract/sessions.ts'
import { priceOf } from '../../api/amounts.ts'
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
  protected readonly list = live<ClassTemplate[]>(() => '/admin/templates?limit=200', { read: wholeList<ClassTemplate>() })
  protected readonly archiving = command()
  protected readonly withArchived = signal(false)
  protected readonly shown = computed(() => (this.list.value() ?? []).filter((template) => this.withArchived() || !template.archived))
  protected readonly archivedCount = computed(() => (this.list.value() ?? []).filter((template) => template.archived).length)
  protected readonly priceOf = priceOf

  protected async archive(template: ClassTemplate, archived: boolean): Promise<void> {
    const body: TemplateChange = { archived }
    const done = await this.archiving.send<ClassTemplate>({ method: 'PATCH', path: `/admin/templates/${template.id}`, body })
    if (done) this.notice.say(archived ? `${template.name} is archived. Its sessions stay.` : `${template.name} is back.`)
    this.list.reload()
  }
}
