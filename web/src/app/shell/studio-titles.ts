// The browser's title: the page first, the studio after it.
import { Injectable, inject } from '@angular/core'
import { Title } from '@angular/platform-browser'
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router'
import { StudioFace } from '../api/studio.ts'

@Injectable({ providedIn: 'root' })
export class StudioTitles extends TitleStrategy {
  private readonly title = inject(Title)
  private readonly studio = inject(StudioFace)

  override updateTitle(state: RouterStateSnapshot): void {
    const page = this.buildTitle(state)
    this.title.setTitle(page ? `${page} · ${this.studio.name()}` : this.studio.name())
  }
}
