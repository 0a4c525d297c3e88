import type { add as En } from '../en/add.ts'

export const add: typeof En = {}
