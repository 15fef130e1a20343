// Times in templates: `{{ at | when: 'hour' }}`.
import { Pipe, inject, type PipeTransform } from '@angular/core'
import { When } from '../api/when.ts'

/** Impure because the zone may come after the first drawing; Intl's formatters are cached, so that costs little. */
@Pipe({ name: 'when', pure: false })
export class WhenPipe implements PipeTransform {
  private readonly when = inject(When)

  transform(iso: string, as: 'hour' | 'date' | 'moment' | 'soon'): string {
    return this.when[as](iso)
  }
}
