// What trainers can be booked for alone: each kind of 1:1 with its week, in use or put aside.
import { Component, computed, inject, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import { firstValueFrom } from 'rxjs'
import type { Availability, AvailabilityChange } from '@fitflow/contract/availability.ts'
import { command } from '../../api/command.ts'
import { live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { BookTimeDialog } from './book-time-dialog.ts'
import { aheadOf, termsInWords, weekOf } from './availability-words.ts'

@Component({
  selector: 'app-one-to-ones-page',
  imports: [Empty, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './one-to-ones-page.html',
  styleUrl: './one-to-ones-page.css',
})
export class OneToOnesPage {
  private readonly notice = inject(Notice)
  private readonly dialog = inject(MatDialog)
  protected readonly when = inject(When)
  protected readonly archived = signal(false)
  protected readonly list = live<{ items: Availability[] }>(() => `/admin/availabilities${this.archived() ? '?archived=true' : ''}`)
  protected readonly shown = computed(() =>
    (this.list.value()?.items ?? []).map((one) => ({ one, week: weekOf(one, this.when), terms: termsInWords(one), ahead: aheadOf(one, this.when) })),
  )
  protected readonly restoring = command()

  protected async book(one: Availability): Promise<void> {
    const opened = this.dialog.open<BookTimeDialog, Availability, string>(BookTimeDialog, { data: one, maxWidth: '94vw', autoFocus: 'dialog' })
    const told = await firstValueFrom(opened.afterClosed())
    if (told) this.notice.say(told)
  }

  protected async bringBack({ id, template }: Availability): Promise<void> {
    const body: AvailabilityChange = { archived: false }
    const done = await this.restoring.send<Availability>({ method: 'PATCH', path: `/admin/availabilities/${id}`, body })
    if (done) this.notice.say(`${template.name} can be booked again.`)
    this.list.reload()
  }
}
