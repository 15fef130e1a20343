// The roles by the names people use.
import type { Role } from '@fitflow/contract/identity.ts'

export const roles = ['client', 'trainer', 'admin'] as const satisfies readonly Role[]

export const roleNames: Record<Role, string> = { client: 'Member', trainer: 'Trainer', admin: 'Admin' }
