import type { list as En } from '../en/list.ts'

export const list: typeof En = {}
