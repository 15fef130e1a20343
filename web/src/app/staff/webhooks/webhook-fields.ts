// What an endpoint is made of: its address, a word on what it is, and the topics it hears.
import { Component, computed, input, model } from '@angular/core'
import type { Topic } from '@fitflow/contract/events.ts'
import { topics } from '@fitflow/contract/events.ts'
import type { Problem } from '../../api/http.ts'
import { topicGroups, type TopicGroup } from './webhook-words.ts'

export interface WebhookDraft {
  url: string
  description: string
  topics: readonly Topic[]
}

/** Whether it can be sent: the server says the rest. */
export const isWhole = ({ url, topics: chosen }: WebhookDraft): boolean => /^https?:\/\/\S+$/.test(url.trim()) && chosen.length > 0

/** What the server says of the address itself. */
export const urlFaultOf = (problem: Problem | undefined): string | undefined => problem?.errors.find(({ path }) => path === 'body/url')?.message

@Component({
  selector: 'app-webhook-fields',
  template: `
    <div class="card form">
      <div class="field">
        <label for="url">Address</label>
        <input class="input" id="url" type="url" inputmode="url" maxlength="2000" autocomplete="off" spellcheck="false" placeholder="https://…" [value]="draft().url" [attr.aria-invalid]="urlFault() ? true : null" (input)="change({ url: textOf($event) })" aria-describedby="url-help" />
        <span class="help" id="url-help">An https address of your own system on the public internet. Each event is a POST to it.</span>
        @if (urlFault(); as why) {
          <span class="wrong" role="alert">It {{ why }}.</span>
        }
      </div>
      <div class="field">
        <label for="description">What it is</label>
        <input class="input" id="description" maxlength="200" autocomplete="off" [value]="draft().description" (input)="change({ description: textOf($event) })" aria-describedby="description-help" />
        <span class="help" id="description-help">For whoever looks at this list: “Door system”, “Newsletter”.</span>
      </div>
    </div>
    <fieldset class="card">
      <legend class="unseen">Events</legend>
      <div class="head">
        <h2>Events</h2>
        <button type="button" class="pill" [attr.aria-pressed]="all()" (click)="change({ topics: all() ? [] : every })">Every event</button>
      </div>
      <div class="groups">
        @for (group of groups; track group.name) {
          <div role="group" [attr.aria-label]="group.name">
            <label class="check whole">
              <input type="checkbox" [checked]="countOf(group) === group.topics.length" [indeterminate]="countOf(group) > 0 && countOf(group) < group.topics.length" (change)="turn(group.topics, countOf(group) < group.topics.length)" />
              <span>{{ group.name }}</span>
            </label>
            @for (topic of group.topics; track topic) {
              <label class="check">
                <input type="checkbox" [checked]="draft().topics.includes(topic)" (change)="turn([topic], !draft().topics.includes(topic))" />
                <code>{{ topic }}</code>
              </label>
            }
          </div>
        }
      </div>
    </fieldset>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 20px;
    }
    fieldset {
      margin: 0;
      min-width: 0;
    }
    .form,
    fieldset {
      padding: 20px;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 8px 16px;
      margin-bottom: 12px;
    }
    .groups {
      columns: 240px;
      column-gap: 32px;
    }
    [role='group'] {
      padding-bottom: 16px;
      break-inside: avoid;
    }
    .check {
      display: flex;
      align-items: center;
      gap: 12px;
      min-height: 44px;
    }
    .whole {
      font-weight: 600;
    }
    .check + .check {
      padding-inline-start: 20px;
    }
    input[type='checkbox'] {
      flex: none;
      width: 20px;
      height: 20px;
      margin: 0;
      accent-color: var(--accent);
    }
    code {
      font-size: var(--t-13);
      overflow-wrap: anywhere;
    }
    @media (pointer: fine) {
      .check {
        min-height: 32px;
      }
    }
  `,
})
export class WebhookFields {
  readonly draft = model.required<WebhookDraft>()
  /** Why the server does not take the address. */
  readonly refused = input<Problem>()
  protected readonly urlFault = computed(() => urlFaultOf(this.refused()))
  protected readonly every = topics
  protected readonly groups = topicGroups()
  protected readonly all = computed(() => this.draft().topics.length === topics.length)

  protected change(differs: Partial<WebhookDraft>): void {
    this.draft.update((was) => ({ ...was, ...differs }))
  }

  protected turn(those: readonly Topic[], on: boolean): void {
    // In the order of the catalogue, whatever was chosen first.
    this.change({ topics: topics.filter((topic) => (those.includes(topic) ? on : this.draft().topics.includes(topic))) })
  }

  protected countOf({ topics: those }: TopicGroup): number {
    return those.filter((topic) => this.draft().topics.includes(topic)).length
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement).value
  }
}
