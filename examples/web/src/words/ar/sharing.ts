import type { sharing as En } from '../en/sharing.ts'

export const sharing: typeof En = {}
