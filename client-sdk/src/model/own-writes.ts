import type * as Y from 'yjs'
import type { Change } from './changes.ts'
import { type Place, parsePlace, type RootKind } from './keys.ts'
import { isRegister, type Register } from './register.ts'
import { sameValue } from './same.ts'

/** A field this device wrote not long ago. */
export interface OwnWrite {
  readonly edit: string
  readonly root: RootKind
  readonly key: string
  readonly place: Extract<Place, { at: 'field' | 'list' | 'member' }>
  readonly register: Register
  /** The name of the Yjs struct that holds it. */
  readonly client: number
  readonly clock: number
  isConfirmed: boolean
}

/** A note this device wrote into not long ago. */
export interface OwnText {
  readonly edit: string
  readonly itemId: string
  readonly by: string
  isConfirmed: boolean
}

/**
 * What this device wrote and others may not have seen: the material of which collisions are found.
 *
 * `remember` an edit right after it was applied (also when it was loaded from the device and is still pending), `confirm` it
 * when the server has it, `forget` it some time after that.
 */
export class OwnWrites {
  readonly #doc: Y.Doc
  readonly #writes = new Map<string, OwnWrite>()
  readonly #texts = new Map<string, OwnText>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  get size(): number {
    return this.#writes.size + this.#texts.size
  }

  remember(edit: string, changes: readonly Change[], by: string): void {
    for (const change of changes) {
      if (change.type === 'text') {
        this.#texts.set(change.itemId, { edit, itemId: change.itemId, by, isConfirmed: false })
      } else if (change.type === 'put') {
        this.#rememberPut(edit, change, by)
      }
    }
  }

  confirm(edit: string): void {
    for (const write of [...this.#writes.values(), ...this.#texts.values()]) {
      if (write.edit === edit) write.isConfirmed = true
    }
  }

  forget(edit: string): void {
    for (const [key, write] of this.#writes) if (write.edit === edit) this.#writes.delete(key)
    for (const [key, write] of this.#texts) if (write.edit === edit) this.#texts.delete(key)
  }

  drop(write: OwnWrite): void {
    this.#writes.delete(`${write.root}/${write.key}`)
  }

  get(root: RootKind, key: string): OwnWrite | undefined {
    return this.#writes.get(`${root}/${key}`)
  }

  /** Everything of one item that this device wrote, its removal aside. */
  ofItem(itemId: string): { readonly writes: readonly OwnWrite[]; readonly text: OwnText | undefined } {
    const writes = [...this.#writes.values()].filter(
      ({ root, place }) => root === 'items' && place.at !== 'list' && place.id === itemId,
    )
    return { writes, text: this.#texts.get(itemId) }
  }

  #rememberPut(edit: string, change: Extract<Change, { type: 'put' }>, by: string): void {
    const { root, key, value } = change
    const place = parsePlace(root, key)
    if (place === null || place.at === 'record' || place.at === 'note') return
    if (!isRegister(value) || value[1] !== by) return
    const item = this.#doc.getMap(root)._map.get(key)
    // Overwritten meanwhile by what came from elsewhere: then it can no longer be found out what collided with what.
    if (item === undefined || item.deleted || !sameValue(item.content.getContent().at(-1), value)) return
    const { client, clock } = item.lastId
    this.#writes.set(`${root}/${key}`, {
      edit,
      root,
      key,
      place,
      register: value,
      client,
      clock,
      isConfirmed: false,
    })
  }
}
