import {
  applyChanges,
  ListView,
  ModelError,
  newRecordId,
  type Plan,
  type PlanContext,
  planAddComment,
  planAddItems,
  planAddLabel,
  planAddSection,
  planAssign,
  planDeleteNotes,
  planInsertNotes,
  planLabel,
  planMoveItems,
  planPurgeItems,
  planRemoveItems,
  planRenameList,
  planRestoreItems,
  planToggle,
  planUpdateItem,
} from '@tandem/client-sdk/model'
import * as Y from 'yjs'
import type { SeededRandom } from '../../support/seed.ts'
import { Device } from './support.ts'

/** Somebody with a device, who does what people do to a list, online and offline. */
export class Person {
  readonly device: Device
  readonly #view: ListView
  readonly #context: PlanContext
  readonly #random: SeededRandom
  readonly #undo = new Map<string, Y.UndoManager>()
  isOnline = true

  constructor(name: string, random: SeededRandom) {
    this.#random = random
    this.device = new Device(
      { userId: `u_${name}`, authorId: `u_${name}`, role: 'editor' },
      { clientId: 1 + random.int(2 ** 32 - 1), gc: random.next() < 0.8 },
    )
    this.#view = new ListView(this.device.doc)
    const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => random.int(256))
    this.#context = {
      by: this.device.actor.userId,
      now: 1_780_000_000_000,
      random: () => random.next(),
      newId: () => newRecordId(bytes),
    }
  }

  /** One random edit, possibly none when there is nothing to edit. */
  act(): void {
    const random = this.#random
    const items = this.#view.ids()
    const item = items.length === 0 ? null : random.pick(items)
    const list = this.#view
    const context = this.#context
    // Few items, so that people meet on the same ones.
    if (item === null || random.next() < (items.length < 3 ? 0.1 : 0.02)) {
      const repeat = random.next() < 0.4 ? { repeat: 'FREQ=DAILY', due: { date: '2026-08-20' } } : {}
      this.#do(() => planAddItems(list, context, [{ title: `t${random.int(100)}`, ...repeat }]))
      return
    }
    const title = `t${random.int(100)}`
    const people = random.next() < 0.5 ? { add: ['u_x', 'u_y'] } : { remove: ['u_x'] }
    const trashed = list.trash()[0]?.id
    const acts: readonly (() => void)[] = [
      () => this.#do(() => planToggle(list, context, item)),
      () => this.#do(() => planToggle(list, context, item)),
      () => this.#do(() => planUpdateItem(list, context, item, { title })),
      () => this.#do(() => planUpdateItem(list, context, item, { priority: 3, quantity: title })),
      () => this.#do(() => planMoveItems(list, context, [item], { before: random.pick(items) })),
      () => this.#do(() => planRemoveItems(list, context, [item])),
      () => this.#do(() => planRestoreItems(list, context, trashed === undefined ? [] : [trashed])),
      () => this.#do(() => planAddSection(list, context, { title })),
      () => this.#do(() => planAddComment(list, context, { item, body: title })),
      () => this.#do(() => planRenameList(list, context, title)),
      () => this.#do(() => planAssign(list, context, item, people)),
      () => this.#label(item),
      () => this.#write(item),
      () => this.#write(item),
    ]
    random.pick(acts)()
  }

  /** Empties the trash of one item, which only somebody who is connected may do. */
  purge(isInTrashThere: (id: string) => boolean): boolean {
    const ids = this.#view
      .trash()
      .map((item) => item.id)
      .filter(isInTrashThere)
    if (ids.length === 0) return false
    this.#do(() => planPurgeItems(this.#view, this.#context, [this.#random.pick(ids)]))
    return true
  }

  #label(item: string): void {
    const labels = this.#view.labels()
    if (labels.length < 2) {
      this.#do(() => planAddLabel(this.#view, this.#context, { title: 'urgent' }))
    } else {
      const label = this.#random.pick(labels).id
      const change = this.#random.next() < 0.5 ? { add: [label] } : { remove: [label] }
      this.#do(() => planLabel(this.#view, this.#context, item, change))
    }
  }

  #write(item: string): void {
    const length = this.#view.item(item)?.notes.length ?? 0
    const at = this.#random.int(length + 1)
    const undo =
      this.#undo.get(item) ??
      new Y.UndoManager(this.device.doc.getText(`note:${item}`), { captureTimeout: 0 })
    this.#undo.set(item, undo)
    const roll = this.#random.int(10)
    if (roll === 0) undo.undo()
    else if (roll === 1) undo.redo()
    else if (roll < 4 && length > at) {
      const count = 1 + this.#random.int(Math.min(length - at, 6))
      this.#do(() => planDeleteNotes(this.#view, item, at, count))
    } else {
      const text = this.#random.pick(['a', 'bc', 'é', '😀', 'some words '])
      this.#do(() => planInsertNotes(this.#view, item, at, text))
    }
  }

  #do(make: () => Plan<unknown>): void {
    try {
      applyChanges(this.device.doc, make().changes, null)
    } catch (error) {
      // What the person tried is not possible here (the middle of a character, a circle): nothing happens.
      if (!(error instanceof ModelError)) throw error
    }
  }
}
