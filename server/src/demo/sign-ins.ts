// How somebody who looks at the demo signs in.

export const demoPassword = 'fitflow-demo'

const domain = 'demo.fitflow.test'

/** The address of a demo account, all of them below a domain that can never receive mail. */
export function demoAddress(name: string): string {
  return `${name}@${domain}`
}

/** What a person at the terminal is told, one line each. */
export const demoSignIns: readonly string[] = [
  `${demoAddress('member1')}  a member (member1 to member40)`,
  `${demoAddress('alex')}     a trainer`,
  `${demoAddress('admin')}    the admin`,
]
