import * as Y from 'yjs'
import {
  applyTracked,
  type Collision,
  contentHash,
  findCollisions,
  type Item,
  type ItemInput,
  ListView,
  OwnWrites,
  type Plan,
  type PlanContext,
  planAddItems,
  planToggle,
  planUpdateItem,
  UndoStack,
} from '../../../client-sdk/src/model/index.ts'

/** One person's copy of a list, without anything around the model: what it does reaches others only through `send` and `meet`. */
export class Device {
  readonly doc: Y.Doc
  readonly view: ListView
  readonly undo = new UndoStack()
  readonly own: OwnWrites
  readonly collisions: Collision[] = []
  readonly by: string
  readonly #random: () => number
  now = 1_700_000_000_000
  today = '2024-03-01'
  #ids = 0
  #edits = 0

  constructor(by: string, random: () => number = counting()) {
    this.by = by
    this.#random = random
    this.doc = new Y.Doc()
    this.view = new ListView(this.doc)
    this.own = new OwnWrites(this.doc)
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.origin !== this) this.collisions.push(...findCollisions(transaction, this.own))
    })
  }

  get context(): PlanContext {
    return {
      by: this.by,
      now: this.now,
      today: this.today,
      random: this.#random,
      newId: () => {
        this.#ids += 1
        return `${this.by}-item-${String(this.#ids).padStart(5, '0')}`
      },
    }
  }

  /** Applies a plan as one edit and one undo step. Returns the plan's value. */
  run<T>(plan: Plan<T>, label = 'edit'): T {
    const inverses = applyTracked(this.doc, plan.changes, this)
    this.undo.push(label, inverses)
    this.#edits += 1
    this.own.remember(`edit-${this.#edits}`, plan.changes, this.by)
    return plan.value
  }

  add(input: string | ItemInput): string {
    const item = typeof input === 'string' ? { title: input } : input
    return this.run(planAddItems(this.view, this.context, [item]), 'add')[0] ?? ''
  }

  rename(id: string, title: string): void {
    this.run(planUpdateItem(this.view, this.context, id, { title }), 'rename')
  }

  toggle(id: string, done?: boolean): string | null {
    return this.run(planToggle(this.view, this.context, id, done), 'toggle')
  }

  back(direction: 'undo' | 'redo' = 'undo'): boolean {
    const stamp = { by: this.by, now: this.now }
    const move =
      direction === 'undo' ? this.undo.takeUndo(this.doc, stamp) : this.undo.takeRedo(this.doc, stamp)
    if (move === null) return false
    this.undo.finish(move, applyTracked(this.doc, move.changes, this))
    return true
  }

  item(id: string): Item {
    const item = this.view.item(id)
    if (item === undefined) throw new Error(`${this.by} has no item ${id}`)
    return item
  }

  titles(): string[] {
    return this.view.ids().map((id) => this.item(id).title)
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'elsewhere')
  }

  updateFor(other: Device): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(other.doc))
  }
}

/** Everybody gets what everybody had before the meeting, and then what is left: nothing, as a rule. */
export function meet(...devices: readonly Device[]): void {
  for (let round = 0; round < 2; round += 1) {
    const mail = devices.flatMap((from) =>
      devices.filter((to) => to !== from).map((to) => ({ to, update: from.updateFor(to) })),
    )
    for (const { to, update } of mail) to.receive(update)
  }
}

/** Everything a reader can see, as plain values, to compare two views. */
export function snapshotOf(view: ListView): unknown {
  return {
    ids: view.ids(),
    items: view.ids().map((id) => view.item(id)),
    children: view.ids().map((id) => view.children(id).map((child) => child.id)),
    trash: view.trash(),
    sections: view.sections(),
    labels: view.labels(),
    comments: [...view.ids(), ...view.trash().map((item) => item.id)].map((id) => view.comments(id)),
    list: view.list(),
  }
}

export function hashOf(device: Device): string {
  return contentHash(device.doc)
}

/** Random enough for jitter, and always the same. */
function counting(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state / 2 ** 32
  }
}
