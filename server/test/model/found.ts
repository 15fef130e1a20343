// Lives that once went wrong, kept so that they never do again: each as the steps that it shrank to, newest last.
import type { Step } from './steps.ts'

export const found: { what: string; steps: Step[] }[] = [
  {
    what: 'two holds end at once, and whoever waits for both classes is offered the one',
    steps: [
      { deed: 'hold', member: 0, session: 1, amount: 0 },
      { deed: 'hold', member: 1, session: 0, amount: 0 },
      { deed: 'join', member: 2, session: 1, amount: 0 },
      { deed: 'join', member: 2, session: 0, amount: 0 },
      { deed: 'wait', member: 0, session: 0, amount: 1440 },
      { deed: 'sweep', member: 0, session: 0, amount: 0 },
      { deed: 'settle', member: 0, session: 0, amount: 0 },
      { deed: 'cancel', member: 0, session: 0, amount: 0 },
    ],
  },
]
