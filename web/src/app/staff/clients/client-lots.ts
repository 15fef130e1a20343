// What a client may pay with, lot by lot, and what staff do to each: put in, take out, extend, freeze, move; and a new grant.
import { Component, computed, inject, input, type Type } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { Membership, MyMemberships } from '@fitflow/contract/credits.ts'
import { plain } from '../../api/amounts.ts'
import { nowMs } from '../../api/clock.ts'
import { isFrozen, lotShelf, lotState } from '../../api/lot-words.ts'
import { When } from '../../api/when.ts'
import { Asking } from '../../ui/asking.ts'
import { Opening, type Typed } from '../../ui/desk/opening.ts'
import { LotCard } from '../../ui/lot-card.ts'
import { Notice } from '../../ui/notice.ts'
import { AdjustDialog } from './adjust-dialog.ts'
import { ClientFile } from './client-file.ts'
import { ExtendDialog } from './extend-dialog.ts'
import { FreezeDialog } from './freeze-dialog.ts'
import { GrantDialog } from './grant-dialog.ts'
import type { LotOf } from './lot-of.ts'
import { TransferDialog } from './transfer-dialog.ts'

/** What can be done to a lot, by the name on its button. */
type Deed = 'adjust' | 'extend' | 'freeze' | 'transfer'

const dialogs: Record<Deed, Type<Typed>> = { adjust: AdjustDialog, extend: ExtendDialog, freeze: FreezeDialog, transfer: TransferDialog }
const names: Record<Deed, string> = { adjust: 'Adjust', extend: 'Extend', freeze: 'Freeze', transfer: 'Transfer' }

@Component({
  selector: 'app-client-lots',
  imports: [LotCard, MatButton],
  templateUrl: './client-lots.html',
  styleUrl: './client-lots.css',
})
export class ClientLots {
  private readonly asking = inject(Asking)
  private readonly opening = inject(Opening)
  private readonly notice = inject(Notice)
  private readonly file = inject(ClientFile)
  private readonly when = inject(When)
  readonly has = input.required<MyMemberships>()
  protected readonly names = names
  protected readonly plain = plain
  protected readonly shelf = computed(() => lotShelf(this.has(), nowMs()))

  /** Only what the lot allows: a refusal that can be foreseen is no choice. */
  protected deedsFor(lot: Membership): Deed[] {
    const state = lotState(lot, nowMs())
    if (state === 'ended') return []
    const counted = lot.creditsBalance !== null
    const frozen = isFrozen(lot, nowMs())
    const allowed: Record<Deed, boolean> = { adjust: counted, extend: true, freeze: !frozen && state !== 'used-up', transfer: counted && !frozen && state !== 'used-up' }
    return (Object.keys(allowed) as Deed[]).filter((deed) => allowed[deed])
  }

  protected frozen(lot: Membership): boolean {
    return isFrozen(lot, nowMs())
  }

  /** Its lines of the ledger, brought before the eyes. */
  protected moves(lot: Membership): void {
    this.file.lot.set(lot)
    const title = document.getElementById('ledger-title')
    title?.scrollIntoView({ block: 'start' })
    title?.focus()
  }

  protected async grant(): Promise<void> {
    const client = this.file.profile.value()
    if (client && (await this.opening.toDo(GrantDialog, client))) this.file.reload()
  }

  protected async change(lot: Membership, deed: Deed): Promise<void> {
    const client = this.file.profile.value()
    if (!client) return
    const of: LotOf = { lot, client }
    if (await this.opening.toDo(dialogs[deed], of)) this.file.reload()
  }

  protected async lift(lot: Membership): Promise<void> {
    const { freeze } = lot
    if (!freeze) return
    const done = await this.asking.toDo({
      title: `Lift the freeze of ${lot.name}?`,
      words: `It was to rest until ${this.when.end(freeze.until)}. It pays again at once, and its end moves back by the time that is left of the freeze.`,
      ...{ yes: 'Lift it', no: 'Leave it', danger: false, ask: { method: 'POST', path: `/admin/memberships/${lot.id}/unfreeze` } },
    })
    if (!done) return
    this.notice.say('The freeze is lifted. It pays again.')
    this.file.reload()
  }
}
