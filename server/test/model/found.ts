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
  {
    what: 'a hold that ran out in a class without a queue is left to the sweep, whatever else its member waits for',
    steps: [
      { deed: 'hold', member: 1, session: 0, amount: 0 },
      { deed: 'join', member: 0, session: 0, amount: 0 },
      { deed: 'wait', member: 0, session: 0, amount: 360 },
      { deed: 'hold', member: 0, session: 0, amount: 0 },
      { deed: 'hold', member: 0, session: 1, amount: 0 },
      { deed: 'hold', member: 0, session: 2, amount: 0 },
      { deed: 'settle', member: 3, session: 2, amount: 0 },
      { deed: 'hold', member: 3, session: 0, amount: 0 },
      { deed: 'wait', member: 1, session: 2, amount: 780 },
      { deed: 'move on', member: 3, session: 3, amount: 0 },
      { deed: 'release', member: 0, session: 2, amount: 0 },
      { deed: 'capacity', member: 2, session: 3, amount: 2 },
      { deed: 'hold', member: 0, session: 2, amount: 0 },
      { deed: 'capacity', member: 0, session: 0, amount: 1 },
      { deed: 'move on', member: 1, session: 3, amount: 0 },
      { deed: 'wait', member: 0, session: 1, amount: 61 },
      { deed: 'settle', member: 3, session: 0, amount: 0 },
      { deed: 'hold', member: 2, session: 2, amount: 0 },
      { deed: 'wait', member: 0, session: 0, amount: 721 },
      { deed: 'hold', member: 1, session: 2, amount: 0 },
      { deed: 'settle', member: 2, session: 0, amount: 0 },
    ],
  },
  {
    what: 'whoever let their last offer run out takes a public spot before any sweep has come by',
    steps: [
      { deed: 'hold', member: 1, session: 0, amount: 0 },
      { deed: 'join', member: 2, session: 0, amount: 0 },
      { deed: 'release', member: 1, session: 0, amount: 0 },
      { deed: 'settle', member: 0, session: 0, amount: 0 },
      { deed: 'wait', member: 0, session: 0, amount: 5 },
      { deed: 'sweep', member: 0, session: 0, amount: 0 },
      { deed: 'settle', member: 0, session: 0, amount: 0 },
      { deed: 'wait', member: 0, session: 0, amount: 5 },
      { deed: 'hold', member: 2, session: 0, amount: 0 },
    ],
  },
]
