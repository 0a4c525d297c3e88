import type { Awareness } from 'y-protocols/awareness'
import { cell } from '../replica/cell.ts'
import type { Conversation } from '../replica/conversation.ts'
import type { Peer, Presence } from './types.ts'

interface Said {
  readonly viewing: string | null
  readonly editing: string | null
}

/** Presence, and whether this person is to be seen: a list that is open only until its edits are sent is not looked at by anybody. */
export interface OwnPresence extends Presence {
  appear(isHere: boolean): void
}

/** Who else is here, one entry per person. Identity comes from the server, which puts it on every state. */
export function createPresence(
  conversation: Pick<Conversation, 'awareness' | 'show'>,
  isMe: (userId: string) => boolean,
): OwnPresence {
  const awareness = conversation.awareness()
  const others = cell<readonly Peer[]>(Object.freeze([]))
  let said: Said = { viewing: null, editing: null }
  let isHere = false
  let isVisible = true
  const say = (): void => awareness.setLocalState(isHere && isVisible ? { ...said } : null)
  awareness.on('change', () => {
    const peers = peersOf(awareness, isMe)
    if (JSON.stringify(peers) !== JSON.stringify(others.getSnapshot())) others.set(peers)
  })
  return {
    others,
    set: (state) => {
      const next = { ...said, ...state }
      if (next.viewing === said.viewing && next.editing === said.editing) return
      said = next
      say()
    },
    show: (visible) => {
      if (visible === isVisible) return
      isVisible = visible
      // First, or the server would drop what is said next as that of somebody who is not to be seen.
      conversation.show(visible)
      say()
    },
    appear: (appears) => {
      if (appears === isHere) return
      isHere = appears
      say()
    },
  }
}

function peersOf(awareness: Awareness, isMe: (userId: string) => boolean): readonly Peer[] {
  const peers = new Map<string, Peer>()
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === awareness.clientID) continue
    const peer = peerOf(state)
    if (peer === null || isMe(peer.userId)) continue
    const known = peers.get(peer.userId)
    peers.set(peer.userId, Object.freeze(known === undefined ? peer : merged(known, peer)))
  }
  return Object.freeze([...peers.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1)))
}

function merged(a: Peer, b: Peer): Peer {
  return { ...a, viewing: a.viewing ?? b.viewing, editing: a.editing ?? b.editing, tabs: a.tabs + b.tabs }
}

/** Presence is written by other people's programs: anything may stand in it. */
function peerOf(state: Record<string, unknown>): Peer | null {
  const user = state['user']
  if (typeof user !== 'object' || user === null || !('id' in user) || typeof user.id !== 'string') return null
  const name = 'name' in user && typeof user.name === 'string' ? user.name : user.id
  return Object.freeze({
    userId: user.id,
    name,
    viewing: textOrNull(state['viewing']),
    editing: textOrNull(state['editing']),
    tabs: 1,
  })
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.length <= 64 ? value : null
}
