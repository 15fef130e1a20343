// A secret that is shown this once, with a way to copy it.
import { Component, inject, input, output } from '@angular/core'
import { MatButton } from '@angular/material/button'
import { Notice } from '../../ui/notice.ts'

@Component({
  selector: 'app-secret-card',
  imports: [MatButton],
  template: `
    <section class="card" role="status" aria-labelledby="secret">
      <h2 id="secret">Copy the secret now: it is shown this once</h2>
      <p class="quiet"><ng-content /></p>
      <code>{{ secret() }}</code>
      <div class="actions">
        <button matButton="filled" type="button" (click)="copy()">Copy</button>
        <button matButton type="button" (click)="had.emit()">{{ done() }}</button>
      </div>
    </section>
  `,
  styles: `
    section {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 14px;
      border-color: color-mix(in oklab, var(--accent) 45%, var(--line));
    }
    p {
      max-width: 64ch;
    }
    code {
      padding: 12px 14px;
      border: 1px dashed var(--line-strong);
      border-radius: var(--radius-small);
      color: var(--ink);
      overflow-wrap: anywhere;
    }
  `,
})
export class SecretCard {
  private readonly notice = inject(Notice)
  readonly secret = input.required<string>()
  readonly done = input('I have it')
  readonly had = output()

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.secret())
    this.notice.say('Copied.')
  }
}
