// My standing reservations: each with its next classes and what became of them, the series that may be reserved, and those that ended.
import { Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import type { Standing, StandingSeries } from '@fitflow/contract/standing.ts'
import { nowMs } from '../../api/clock.ts'
import { live } from '../../api/live.ts'
import { ofMine } from '../../api/news.ts'
import { ruleInWords } from '../../api/rule-words.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { StandingCard } from './standing-card.ts'

@Component({
  selector: 'app-standing-page',
  imports: [Empty, Icon, RefusalBox, RouterLink, Skeleton, StandingCard],
  templateUrl: './standing-page.html',
  styleUrl: './standing-page.css',
})
export class StandingPage {
  protected readonly when = inject(When)
  protected readonly page = live<{ items: Standing[] }>(() => (this.when.known() ? '/standing/me' : undefined), { everySeconds: () => (this.isAtWork() ? 2 : 20), hears: ofMine })
  private readonly series = live<{ items: StandingSeries[] }>(() => '/standing/series')
  /** Their turn has come and the answer is due any second. */
  private readonly isAtWork = (): boolean => this.live().some((one) => one.coming.some((of) => of.state === 'coming' && Date.parse(of.decidesAt) <= nowMs()))

  protected readonly live = computed(() => (this.page.value()?.items ?? []).filter((one) => one.endedAt === null))
  protected readonly ended = computed(() => (this.page.value()?.items ?? []).filter((one) => one.endedAt !== null))
  protected readonly open = computed(() => (this.series.value()?.items ?? []).filter((one) => one.standingId === null))
  protected readonly rule = ruleInWords

  protected refresh(): void {
    this.page.reload()
    this.series.reload()
  }
}
