// Columns of time: blocks that open their session, empty time that makes a new one, and blocks that can be moved by mouse or keys.
import { Component, ElementRef, computed, inject, input, output, signal, viewChildren } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { Icon } from '../../ui/icon.ts'
import { BlockCard, saidOf } from './block-card.ts'
import { type Block, clockOf, type Column, hoursOf, saidOfShut } from './board.ts'
import { inLanes } from './lanes.ts'
import { type Drag, dragged, isClick, minuteAt, nudged } from './moving.ts'

/** A block put somewhere else, or empty time that was chosen. */
export interface Target {
  day: string
  /** Since midnight in the studio. */
  minute: number
}

/** Tall enough for three lines in three quarters of an hour. */
const hourPx = 80

@Component({
  selector: 'app-week-grid',
  imports: [BlockCard, Icon, RouterLink],
  templateUrl: './week-grid.html',
  styleUrl: './week-grid.css',
  host: { '(window:keydown.escape)': 'drop()' },
})
export class WeekGrid {
  readonly columns = input.required<Column[]>()
  /** Now in minutes of the studio's day. */
  readonly nowMinute = input.required<number>()
  readonly wanted = output<Target>()
  readonly moved = output<Target & { block: Block }>()
  protected readonly drag = signal<Drag | undefined>(undefined)
  private readonly router = inject(Router)
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement
  private readonly bodies = viewChildren<ElementRef<HTMLElement>>('body')
  private justDragged = false
  protected readonly said = saidOf
  protected readonly clock = clockOf
  protected readonly saidOfShut = saidOfShut

  private readonly hours = computed(() => hoursOf(this.columns().flatMap((column) => column.blocks)))
  protected readonly marks = computed(() => {
    const { first, last } = this.hours()
    return Array.from({ length: last - first }, (_, at) => first + at)
  })
  protected readonly heightPx = computed(() => this.marks().length * hourPx)
  protected readonly laid = computed(() => this.columns().map((column) => ({ column, placed: inLanes(column.blocks) })))
  protected readonly isNowShown = computed(() => this.nowMinute() >= this.hours().first * 60 && this.nowMinute() < this.hours().last * 60)
  /** Whether columns are days, between which a block may be moved. */
  protected readonly byDay = computed(() => new Set(this.columns().map((column) => column.day)).size > 1)
  /** Where the block that is being moved would land, in words for those who listen. */
  protected readonly landing = computed(() => {
    const drag = this.drag()
    const column = drag && this.columns()[drag.column]
    if (!drag?.moving || !column) return ''
    return `${drag.block.session.name} to ${column.title} ${clockOf(drag.minute)}. Enter moves it, Escape leaves it.`
  })

  protected isShutAllDay({ shut }: Column): boolean {
    return shut.some(({ from, to }) => from === 0 && to === 24 * 60)
  }

  protected fromShown(minute: number): number {
    return Math.max(minute, this.hours().first * 60)
  }

  protected toShown(minute: number): number {
    return Math.max(this.fromShown(0), Math.min(minute, this.hours().last * 60))
  }

  protected topPx(minute: number): number {
    return ((minute - this.hours().first * 60) / 60) * hourPx
  }

  protected spanPx(from: number, to: number): number {
    return Math.max(24, ((to - from) / 60) * hourPx - 2)
  }

  protected choose(event: MouseEvent, column: Column): void {
    if (event.target !== event.currentTarget || this.justDragged) return
    const minute = minuteAt(event.offsetY, hourPx) + this.hours().first * 60
    this.wanted.emit({ day: column.day, minute })
  }

  /** With a finger the page scrolls; the session's own page moves it there. */
  protected take(event: PointerEvent, block: Block, column: number): void {
    this.justDragged = false
    if (!block.movable || event.pointerType === 'touch' || event.button !== 0) return
    const { clientX: x, clientY: y } = event
    this.drag.set({ block, column, minute: block.from, moving: false, origin: { x, y, column } })
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
  }

  protected carry(event: PointerEvent): void {
    const drag = this.drag()
    if (!drag?.origin || (!drag.moving && isClick(drag.origin, event))) return
    const column = this.byDay() ? this.columnAt(event.clientX, drag.column) : drag.column
    this.drag.set(dragged(drag, { y: event.clientY, column, hourPx, hours: this.hours() }))
  }

  protected letGo(): void {
    const drag = this.drag()
    if (!drag?.origin) return
    this.justDragged = drag.moving
    this.land(drag)
  }

  protected drop(): void {
    this.justDragged = this.drag()?.moving ?? false
    this.drag.set(undefined)
  }

  /** A click that ends a drag is none; one that asks for another tab is the browser's. */
  protected follow(event: MouseEvent, block: Block): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (!this.justDragged) void this.router.navigate(['/staff/sessions', block.session.id])
  }

  protected press(event: KeyboardEvent, block: Block, column: number): void {
    const drag = this.drag() ?? { block, column, minute: block.from, moving: false }
    if (event.key === 'Enter' && drag.moving) {
      event.preventDefault()
      this.land(drag)
      return
    }
    if (!event.shiftKey || !block.movable) return
    const next = nudged(drag, { key: event.key, columns: this.byDay() ? this.columns().length : 0, hours: this.hours() })
    if (!next) return
    event.preventDefault()
    this.drag.set(next)
  }

  /** Leaving the block with the keyboard leaves it where it is. */
  protected leave(): void {
    if (!this.drag()?.origin) this.drag.set(undefined)
  }

  private land(drag: Drag): void {
    this.drag.set(undefined)
    const column = this.columns()[drag.column]
    if (!drag.moving || !column || (column.day === drag.block.day && drag.minute === drag.block.from)) return
    this.moved.emit({ block: drag.block, day: column.day, minute: drag.minute })
  }

  private columnAt(x: number, otherwise: number): number {
    const at = this.bodies().findIndex(({ nativeElement }) => {
      const { left, right } = nativeElement.getBoundingClientRect()
      return x >= left && x < right
    })
    return at === -1 ? otherwise : at
  }

  /** Brings the hour into sight once, within the board. */
  showHour(minute: number): void {
    this.host.querySelector('.scroll')?.scrollTo({ top: this.topPx(minute) - hourPx / 2 })
  }
}
