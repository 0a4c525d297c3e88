import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Channel, ChannelHost, ChannelState } from '../../../client-sdk/src/connection/port.ts'
import type { ServerMessage } from '../../../client-sdk/src/protocol/messages.ts'

/** A list's end of a channel in the smallest form that keeps the contract: one numbered edit per `write`. */
export class TestHost implements ChannelHost {
  doc = new Y.Doc()
  presence = new Awareness(this.doc)
  channel: Channel | null = null
  written = 0
  ackedUpTo = 0
  readonly acks: number[] = []
  readonly refusals: [number, number][] = []
  readonly states: ChannelState[] = []
  readonly messages: ServerMessage[] = []
  completed = 0

  constructor() {
    this.#watch()
  }

  #watch(): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return
      this.written += 1
      this.channel?.outgoing(update, this.written - 1, this.written)
    })
  }

  write(key: string, value: unknown = true): void {
    this.doc.getMap('items').set(key, value)
  }

  /** What a repair does: another document in the place of this one. */
  replaceDocument(): void {
    this.presence.destroy()
    this.doc = new Y.Doc()
    this.presence = new Awareness(this.doc)
    this.#watch()
  }

  keys(): string[] {
    return [...this.doc.getMap('items').keys()].sort()
  }

  destroy(): void {
    this.channel?.close()
    this.presence.destroy()
    this.doc.destroy()
  }

  document(): Y.Doc {
    return this.doc
  }

  awareness(): Awareness {
    return this.presence
  }

  writtenUpTo(): number {
    return this.written
  }

  received(update: Uint8Array, complete: boolean): void {
    Y.applyUpdate(this.doc, update, this)
    if (complete) this.completed += 1
  }

  acked(upTo: number): void {
    this.acks.push(upTo)
    this.ackedUpTo = Math.max(this.ackedUpTo, upTo)
  }

  refused(after: number, upTo: number): void {
    this.refusals.push([after, upTo])
  }

  message(message: ServerMessage): void {
    this.messages.push(message)
  }

  stateChanged(state: ChannelState): void {
    this.states.push(state)
  }

  get state(): string {
    return this.channel?.state.state ?? 'none'
  }
}
