// The browser's title of a page whose name is only known once it has been read.
import { effect, inject } from '@angular/core'
import { Title } from '@angular/platform-browser'
import { StudioFace } from '../api/studio.ts'

/** Keeps the title at `name()`, the studio after it, as soon as there is a name. */
export function titled(name: () => string | undefined): void {
  const title = inject(Title)
  const studio = inject(StudioFace)
  effect(() => {
    const page = name()
    if (page) title.setTitle(`${page} · ${studio.name()}`)
  })
}
