// Who has a standing place in a series: in the order in which they are booked, each with what became of their classes.
import { Component, computed, inject, input } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { MatDialog } from '@angular/material/dialog'
import type { StandingForStaff } from '@fitflow/contract/standing.ts'
import { live } from '../../api/live.ts'
import { payerWords, spanWords, summaryWords } from '../../api/standing-words.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Empty } from '../../ui/empty.ts'
import { Notice } from '../../ui/notice.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { StandingClasses } from '../../ui/standing-classes.ts'
import { ReserveForClientDialog, type SeriesToReserve } from './reserve-for-client-dialog.ts'

@Component({
  selector: 'app-series-standing',
  imports: [Empty, MatButton, RefusalBox, Skeleton, StandingClasses],
  templateUrl: './series-standing.html',
  styleUrls: ['../../ui/fold-row.css', './series-standing.css'],
})
export class SeriesStanding {
  private readonly dialog = inject(MatDialog)
  private readonly asking = inject(Asking)
  private readonly notice = inject(Notice)
  private readonly when = inject(When)

  readonly series = input.required<SeriesToReserve>()
  /** Whether it still makes classes. */
  readonly open = input(true)
  protected readonly list = live<{ items: StandingForStaff[] }>(() => `/admin/series/${this.series().id}/standing`, { everySeconds: 10 })
  protected readonly places = computed(() =>
    (this.list.value()?.items ?? []).map((one) => ({
      ...one,
      span: spanWords(one, { today: this.when.today(), day: (day) => this.when.shortDay(day), voice: 'they' }),
      summary: summaryWords(one.coming),
      pays: payerWords(one),
    })),
  )

  protected reserve(): void {
    const opened = this.dialog.open<ReserveForClientDialog, SeriesToReserve, string>(ReserveForClientDialog, { data: this.series(), maxWidth: '94vw', autoFocus: 'dialog' })
    opened.afterClosed().subscribe((said) => {
      if (said) this.notice.say(said)
      this.list.reload()
    })
  }

  protected async end({ id, client, name }: StandingForStaff): Promise<void> {
    const done = await this.asking.toDo({
      title: `End the standing place of ${client.name}?`,
      words: `No more classes of ${name} are booked for them. What is booked and waited for stays theirs.`,
      yes: 'End it',
      no: 'Keep it',
      danger: true,
      ask: { method: 'DELETE', path: `/standing/${id}` },
    })
    if (done) this.list.reload()
  }
}
