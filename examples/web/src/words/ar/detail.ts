import type { detail as En } from '../en/detail.ts'

export const detail: typeof En = {}
