import type { words } from './en/index.ts'

/** Every sentence of the app. A language that lacks one does not compile. */
export type Words = typeof words
