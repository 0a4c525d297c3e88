import type { Words } from '../words.ts'
import { add } from './add.ts'
import { detail } from './detail.ts'
import { list } from './list.ts'
import { lists } from './lists.ts'
import { session } from './session.ts'
import { sharing } from './sharing.ts'
import { shell } from './shell.ts'
import { state } from './state.ts'
import { together } from './together.ts'

export const words: Words = { shell, list, add, detail, together, lists, session, sharing, state }
