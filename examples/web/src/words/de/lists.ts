import type { lists as En } from '../en/lists.ts'

export const lists: typeof En = {}
