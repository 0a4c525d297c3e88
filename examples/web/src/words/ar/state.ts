import type { state as En } from '../en/state.ts'

export const state: typeof En = {}
