// A no, in its own words, with a way on.
import { Component, computed, inject, input, output } from '@angular/core'
import { Router, RouterLink } from '@angular/router'
import { MatButton } from '@angular/material/button'
import type { Problem } from '../api/http.ts'
import { isMangledLink, wordsFor } from '../api/problem-words.ts'
import { Icon } from './icon.ts'

@Component({
  selector: 'app-refusal',
  imports: [Icon, MatButton, RouterLink],
  template: `
    <div class="box" [class.inline]="inline()" role="alert">
      <app-icon [name]="problem().code === 'offline' ? 'cloudOff' : 'info'" />
      <div class="words">
        <p class="title">{{ words().title }}</p>
        @if (words().detail) {
          <p class="detail">{{ words().detail }}</p>
        }
        <div class="actions">
          @if (words().way; as way) {
            <a matButton="outlined" class="dense" [routerLink]="way.link" [queryParams]="back()">{{ way.label }}</a>
          }
          @if (retry() && !mangled()) {
            <button matButton="outlined" class="dense" type="button" (click)="again.emit()">Try again</button>
          }
        </div>
      </div>
    </div>
  `,
  styleUrl: './refusal.css',
  styles: `
    .detail {
      color: var(--ink);
    }
    .actions:not(:empty) {
      margin-top: 10px;
    }
    .actions:empty {
      display: none;
    }
  `,
})
export class RefusalBox {
  readonly problem = input.required<Problem>()
  /** Whether trying the same again can help. */
  readonly retry = input(true)
  /** Beside the button that was refused, rather than in place of a page. */
  readonly inline = input(false)
  readonly again = output()
  private readonly router = inject(Router)
  protected readonly words = computed(() => wordsFor(this.problem(), this.router.url))
  protected readonly mangled = computed(() => isMangledLink(this.problem()))
  protected readonly back = computed(() => (this.words().way?.link === '/sign-in' ? { return: this.router.url } : null))
}
