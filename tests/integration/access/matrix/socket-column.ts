import { parseServerMessage } from '@tandem/client-sdk/protocol'
import * as Y from 'yjs'
import { RawClient } from '../../../support/raw-client.ts'
import { until } from '../../../support/until.ts'
import { EDITS } from './edits.ts'
import type { Column, Edit, Outcome, Try } from './tries.ts'
import { CONTENT, ITEM, type Seat, storedDocument, type World } from './world.ts'

const NOT_HERE = 'No frame asks for it.'

/** A program that speaks the wire protocol and greys nothing out. */
export const SOCKET: Column = {
  read: { 'opens the list': { attempt: read } },
  comment: tries(EDITS.comment),
  tick: tries(EDITS.tick),
  edit: tries(EDITS.edit),
  'resolve-comments': tries(EDITS['resolve-comments']),
  share: NOT_HERE,
  'manage-members': NOT_HERE,
  'change-settings': NOT_HERE,
  'delete-list': NOT_HERE,
  transfer: NOT_HERE,
  leave: NOT_HERE,
}

async function read({ server }: World, { listId, token }: Seat): Promise<Outcome> {
  const client = new RawClient({ url: `${server.wsUrl}/sync`, token, listId })
  try {
    await client.synced
    await until(() => client.document.getMap('items').has(ITEM))
    return 'done'
  } catch (error) {
    if (client.denied === null) throw error
    return client.document.getMap('items').has(ITEM) ? 'done' : 'refused'
  } finally {
    client.drop()
  }
}

function tries(edits: Readonly<Record<string, Edit>>): Readonly<Record<string, Try>> {
  return Object.fromEntries(
    Object.entries(edits).map(([name, edit]) => [
      name,
      {
        attempt: (world, seat) => write(world, seat, edit),
        trace: async (world, seat) => edit.isThere(await storedDocument(world, seat.listId), seat.userId),
      } satisfies Try,
    ]),
  )
}

/** Sends the edit also to a list that was not opened: what is there to build on, a program may have from somewhere else. */
async function write({ server }: World, { listId, token, userId }: Seat, edit: Edit): Promise<Outcome> {
  const document = new Y.Doc()
  Y.applyUpdate(document, CONTENT)
  const client = new RawClient({ url: `${server.wsUrl}/sync`, token, listId, document })
  await client.synced.catch(() => undefined)
  const isOpen = client.denied === null
  try {
    document.transact(() => edit.make(document, userId))
    if (!isOpen) {
      // Nothing answers frames of a list that is not open; what does answer shows that the frames before it have been read.
      const answered = client.pongs
      client.socket.ping()
      await until(() => client.pongs > answered)
      return 'refused'
    }
    await until(() => client.unanswered === 0)
    const isRefused = client.messages.some((text) => parseServerMessage(text)?.type === 'refused')
    return isRefused ? 'refused' : 'done'
  } finally {
    client.drop()
  }
}
