// Light, dark, or as the device says; remembered, and applied before the first paint by theme.js.
import { Injectable, effect, signal } from '@angular/core'

export type ThemeChoice = 'system' | 'light' | 'dark'

const rememberedAs = 'fitflow.theme'

function remembered(): ThemeChoice {
  const kept = localStorage.getItem(rememberedAs)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

@Injectable({ providedIn: 'root' })
export class Theme {
  readonly choice = signal<ThemeChoice>(remembered())

  constructor() {
    effect(() => {
      const choice = this.choice()
      const root = document.documentElement
      if (choice === 'system') delete root.dataset['theme']
      else root.dataset['theme'] = choice
      if (choice === 'system') localStorage.removeItem(rememberedAs)
      else localStorage.setItem(rememberedAs, choice)
      // The browser's own bar takes the paper's colour.
      const paper = getComputedStyle(root).backgroundColor
      document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper)
    })
  }
}
