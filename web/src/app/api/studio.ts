// The studio's public face: its name, zone, money and accent; remembered, so that a second visit starts at once.
import { Injectable, computed, signal } from '@angular/core'
import type { Studio } from '@fitflow/contract/identity.ts'
import { correctClock, deviceMs } from './clock.ts'
import { get } from './http.ts'

const rememberedAs = 'fitflow.studio'
const accentAs = 'fitflow.accent'

function remembered(): Studio | undefined {
  const text = localStorage.getItem(rememberedAs)
  return text === null ? undefined : (JSON.parse(text) as Studio)
}

@Injectable({ providedIn: 'root' })
export class StudioFace {
  readonly face = signal<Studio | undefined>(remembered())
  readonly name = computed(() => this.face()?.name ?? 'FitFlow')
  /** Undefined only on the very first visit, until the studio has answered. */
  readonly timeZone = computed(() => this.face()?.timeZone)
  readonly currency = computed(() => this.face()?.currency ?? 'EUR')

  async ask(): Promise<void> {
    const askedMs = deviceMs()
    const face = await get<Studio>('/studio')
    correctClock(face.now, askedMs, deviceMs())
    localStorage.setItem(rememberedAs, JSON.stringify(face))
    this.paint(face.accentColor)
    this.face.set(face)
  }

  /** Paints the whole app in the studio's accent; the tokens derive the rest from this one seed. */
  paint(accentColor: string): void {
    localStorage.setItem(accentAs, accentColor)
    document.documentElement.style.setProperty('--seed', accentColor)
  }
}
