import type { onStatelessPayload } from '@hocuspocus/server'
import { contentHash } from '@tandem/client-sdk/model'
import { type ClientMessage, encodeMessage } from '@tandem/client-sdk/protocol'
import * as Y from 'yjs'
import { accessOf } from './access.ts'
import type { HubCore } from './core.ts'
import type { Room } from './room.ts'

/**
 * "At this state vector my content hashes to this; is yours the same?"
 *
 * The one way to find copies that sync cannot tell apart: two contents under the same client ids and clocks.
 */
export class ContentChecks {
  private readonly core: HubCore
  private readonly prints = new WeakMap<Room, Fingerprint>()

  constructor(core: HubCore) {
    this.core = core
  }

  answer({ connection, documentName }: onStatelessPayload, message: Check): void {
    const room = this.core.rooms.get(documentName)
    if (room === undefined) return
    const verdict = this.verdict(room, message)
    if (verdict === 'different') {
      this.core.deps.metrics.count('tandem_divergence_total')
      const user = accessOf(connection)?.userId
      this.core.deps.logger.warn({ list: room.listId, user, seq: room.applied.upTo }, 'list.diverged')
    }
    connection.sendStateless(encodeMessage({ type: 'check-result', id: message.id, verdict }))
  }

  private verdict(room: Room, claim: Check): 'same' | 'different' | 'moved' {
    const mine = this.fingerprint(room)
    if (claim.stateVector !== mine.stateVector) return 'moved'
    if (claim.hash === mine.hash) return 'same'
    // A removal of text changes the content and not the state vector: it may be on its way to the client just now.
    const hasRested = this.core.deps.clock.now() - room.changedAtMs >= REST_MS
    return hasRested && room.inFlight.size === 0 && !room.applied.isBehind ? 'different' : 'moved'
  }

  private fingerprint(room: Room): Fingerprint {
    const known = this.prints.get(room)
    if (known?.version === room.version) return known
    const fresh = {
      version: room.version,
      stateVector: Buffer.from(Y.encodeStateVector(room.document)).toString('base64'),
      hash: contentHash(room.document),
    }
    this.prints.set(room, fresh)
    return fresh
  }
}

type Check = Extract<ClientMessage, { type: 'check' }>

/** Longer than a change takes to reach any client that still answers. */
const REST_MS = 2_000

interface Fingerprint {
  readonly version: number
  readonly stateVector: string
  readonly hash: string
}
