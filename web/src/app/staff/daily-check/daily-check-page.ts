// Whether everything adds up: when it was all counted again, what was not right, and counting it now.
import { Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { checkedAreas, type Reconciliation, type Reconciliations } from '@fitflow/contract/reconciliation.ts'
import { command } from '../../api/command.ts'
import { live, type Live } from '../../api/live.ts'
import { When } from '../../api/when.ts'
import { Icon } from '../../ui/icon.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'
import { areaWords, lengthOf, shortOf, verdictOf } from './check-words.ts'

@Component({
  selector: 'app-daily-check-page',
  imports: [Icon, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './daily-check-page.html',
  styleUrls: ['../../ui/fold-row.css', './daily-check-page.css'],
})
export class DailyCheckPage {
  protected readonly when = inject(When)
  protected readonly told: Live<Reconciliations> = live<Reconciliations>(() => (this.when.known() ? '/admin/reconciliation' : undefined), {
    everySeconds: (): number => (this.underWay() ? 1 : 30),
  })
  protected readonly asking = command()
  protected readonly underWay = computed(() => this.told.value()?.items.find((one) => one.endedAt === null))
  protected readonly latest = computed(() => {
    const latest = this.told.value()?.latest
    return latest ? { ...latest, verdict: verdictOf(latest), took: lengthOf(latest) } : undefined
  })
  /** What is wrong, by what it is about. */
  protected readonly areas = computed(() =>
    checkedAreas
      .map((area) => ({ area, ...areaWords[area], checks: (this.latest()?.broken ?? []).filter((one) => one.area === area) }))
      .filter(({ checks }) => checks.length > 0),
  )
  protected readonly rows = computed(() => (this.told.value()?.items ?? []).map((one) => ({ one, short: shortOf(one), took: lengthOf(one) })))

  protected async checkNow(): Promise<void> {
    if (await this.asking.send<Reconciliation>({ method: 'POST', path: '/admin/reconciliation' })) this.told.reload()
  }
}
