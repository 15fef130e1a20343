// Me: who I am here, how the app looks, and the way out.
import { Component, inject } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import { StudioFace } from '../../api/studio.ts'
import { door } from '../../auth/door.ts'
import { Who } from '../../auth/who.ts'
import { Face } from '../../ui/face.ts'
import { Icon } from '../../ui/icon.ts'
import type { IconName } from '../../ui/icons.ts'
import { RefusalBox } from '../../ui/refusal.ts'
import { Theme, type ThemeChoice } from '../../ui/theme.ts'

const themes: { choice: ThemeChoice; name: string; icon: IconName }[] = [
  { choice: 'system', name: 'Automatic', icon: 'contrast' },
  { choice: 'light', name: 'Light', icon: 'lightMode' },
  { choice: 'dark', name: 'Dark', icon: 'darkMode' },
]

@Component({
  selector: 'app-me-page',
  imports: [Face, Icon, MatButton, RefusalBox, RouterLink],
  templateUrl: './me-page.html',
  styleUrl: './me-page.css',
})
export class MePage {
  private readonly router = inject(Router)
  protected readonly who = inject(Who)
  protected readonly studio = inject(StudioFace)
  protected readonly theme = inject(Theme)
  protected readonly themes = themes
  protected readonly leaving = door()

  protected async signOut(): Promise<void> {
    const done = await this.leaving.through(() => this.who.signOut())
    if (done) await this.router.navigateByUrl('/')
  }
}
