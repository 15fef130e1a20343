// Credits: what there is, until when, in the order it is spent, and the ledger with the sentence behind every line.
import { Component, computed, inject } from '@angular/core'
import { RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { CreditTransaction, MyMemberships } from '@fitflow/contract/credits.ts'
import { plain } from '../../api/amounts.ts'
import { nowMs } from '../../api/clock.ts'
import { live } from '../../api/live.ts'
import { lotShelf } from '../../api/lot-words.ts'
import { pages } from '../../api/pages.ts'
import { When } from '../../api/when.ts'
import { Empty } from '../../ui/empty.ts'
import { Icon } from '../../ui/icon.ts'
import { LedgerLine } from '../../ui/ledger-line.ts'
import { LotCard } from '../../ui/lot-card.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Skeleton } from '../../ui/skeleton.ts'

@Component({
  selector: 'app-credits-page',
  imports: [Empty, Icon, LedgerLine, LotCard, MatButton, RefusalBox, RouterLink, Skeleton],
  templateUrl: './credits-page.html',
  styleUrl: './credits-page.css',
})
export class CreditsPage {
  protected readonly when = inject(When)
  protected readonly memberships = live<MyMemberships>(() => (this.when.known() ? '/memberships/me' : undefined))
  protected readonly ledger = pages<CreditTransaction>(() => '/credits/transactions?limit=25')
  protected readonly plain = plain

  private readonly shelf = computed(() => lotShelf(this.memberships.value(), nowMs()))
  /** Lots that can still pay, or still let in. */
  protected readonly lots = computed(() => this.shelf().open)
  protected readonly over = computed(() => this.shelf().over)
  protected readonly spentFirst = computed(() => this.shelf().first)
  protected readonly months = computed(() => {
    const months = new Map<string, CreditTransaction[]>()
    for (const line of this.ledger.items()) {
      const day = this.when.dayOf(line.createdAt)
      const month = `${this.when.month(day, 'long')} ${day.slice(0, 4)}`
      months.set(month, [...(months.get(month) ?? []), line])
    }
    return [...months].map(([month, lines]) => ({ month, lines }))
  })
}
