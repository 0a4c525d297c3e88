import type { Extension } from '@hocuspocus/server'
import { parseClientMessage } from '@tandem/client-sdk/protocol'
import { accessOf, type RoomContext } from './access.ts'
import { authorize, greet, renew } from './authorize.ts'
import type { ContentChecks } from './check.ts'
import type { MissedCollisions } from './collisions.ts'
import { compactBeforeUnload } from './compaction.ts'
import type { HubCore } from './core.ts'
import { listLoaded } from './load.ts'
import { dropDeparted, setVisible, stampPresence } from './presence.ts'
import { noteHandshake, settleEdit, writeAhead } from './write-ahead.ts'

/** What answers the questions of clients. */
export interface Answers {
  readonly checks: ContentChecks
  readonly missed: MissedCollisions
}

/** Where each of Hocuspocus' hooks leads. Loading and storing are in `ListDatabase`. */
export function tandemExtension(core: HubCore, answers: Answers): Extension<RoomContext> {
  return {
    extensionName: 'tandem',
    onAuthenticate: (payload) => authorize(core, payload),
    onTokenSync: (payload) => renew(core, payload),
    connected: (payload) => greet(core, payload),
    async afterLoadDocument(payload) {
      listLoaded(core, payload)
    },
    beforeHandleMessage(payload) {
      noteHandshake(core, payload)
      dropDeparted(payload)
      return NO_PROMISE
    },
    beforeSync: (payload) => writeAhead(core, payload),
    afterHandleMessage(payload) {
      settleEdit(core, payload)
      return NO_PROMISE
    },
    async beforeHandleAwareness(payload) {
      stampPresence(payload)
    },
    async onStateless(payload) {
      const message = parseClientMessage(payload.payload)
      if (message?.type === 'check') answers.checks.answer(payload, message)
      // Not awaited: edits that follow need not wait for what is read from the log.
      if (message?.type === 'missed') void answers.missed.answer(payload, message)
      const access = accessOf(payload.connection)
      if (message?.type === 'presence' && access !== null) setVisible(access, message.visible)
    },
    async beforeUnloadDocument({ documentName, document }) {
      const room = core.rooms.get(documentName)
      if (room?.document !== document) return
      // Again when somebody came and went meanwhile: what they left in their queue needs the list in memory.
      do {
        await room.departing.gone()
        await room.inFlight.idle()
        await compactBeforeUnload(core, room)
      } while (room.departing.size > 0)
    },
    async afterUnloadDocument({ documentName }) {
      core.deps.logger.debug({ list: documentName }, 'list.closed')
    },
  }
}

// These two run for every frame. Hocuspocus' types want a promise; `TandemHocuspocus` is faster without one.
const NO_PROMISE = undefined as unknown as Promise<void>
