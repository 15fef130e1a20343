// Lives that once went wrong, kept so that they never do again: each as the steps that it shrank to, newest last.
import type { Step } from './steps.ts'

export const found: { what: string; steps: Step[] }[] = []
