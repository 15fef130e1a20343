// The frame of a long list: while it loads, when it is refused, and the way to its next page; the rows stand inside it.
import { Component, input } from '@angular/core'
import { MatButton } from '@angular/material/button'
import type { Pages } from '../api/pages.ts'
import { RefusalBox } from './refusal.ts'
import { Skeleton } from './skeleton.ts'

@Component({
  selector: 'app-paged',
  imports: [MatButton, RefusalBox, Skeleton],
  template: `
    @switch (list().first.state()) {
      @case ('waiting') {
        <app-skeleton [rows]="8" [height]="44" />
      }
      @case ('refused') {
        @if (list().first.problem(); as problem) {
          <app-refusal [problem]="problem" (again)="list().first.reload()" />
        }
      }
      @default {
        <ng-content />
        @if (list().moreProblem(); as problem) {
          <app-refusal [problem]="problem" [inline]="true" (again)="list().more()" />
        }
        @if (list().hasMore()) {
          <button matButton="outlined" type="button" [disabled]="list().loadingMore()" (click)="list().more()">Show more</button>
        }
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
    }
    button {
      justify-self: start;
    }
  `,
})
export class Paged {
  readonly list = input.required<Pages<unknown>>()
}
