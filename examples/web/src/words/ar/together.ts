import type { together as En } from '../en/together.ts'

export const together: typeof En = {}
