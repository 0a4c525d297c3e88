import type { Awareness } from 'y-protocols/awareness'
import { cell } from '../replica/cell.ts'
import type { Conversation } from '../replica/conversation.ts'
import type { Caret, Doing, Peer, Presence } from './types.ts'

/** Longer than any name of an item, or of a letter in its notes. */
const MAX_ID = 64
const MAX_ANCHOR = 256

const NOTHING: Doing = { viewing: null, editing: null, caret: null, idle: false }

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
  let said: Doing = NOTHING
  let isHere = false
  let isVisible = true
  const say = (): void => awareness.setLocalState(isHere && isVisible ? { ...said } : null)
  awareness.on('change', () => {
    const before = others.getSnapshot()
    const peers = peersOf(awareness, isMe, before)
    if (peers.length !== before.length || peers.some((peer, at) => peer !== before[at])) others.set(peers)
  })
  return {
    others,
    set: (state) => {
      const next = { ...said, ...state }
      if (isSame(next, said)) return
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

function peersOf(
  awareness: Awareness,
  isMe: (userId: string) => boolean,
  before: readonly Peer[],
): readonly Peer[] {
  const peers = new Map<string, Peer>()
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === awareness.clientID) continue
    const peer = peerOf(state)
    if (peer === null || isMe(peer.userId)) continue
    const known = peers.get(peer.userId)
    peers.set(peer.userId, known === undefined ? peer : merged(known, peer))
  }
  const known = new Map(before.map((peer) => [peer.userId, peer]))
  // Who moves their caret is one new object, and nobody else's row is rendered for it.
  const shared = [...peers.values()].map((peer) => {
    const same = known.get(peer.userId)
    return same !== undefined && isSame(same, peer) ? same : Object.freeze(peer)
  })
  return Object.freeze(shared.sort((a, b) => (a.userId < b.userId ? -1 : 1)))
}

function isSame(a: Doing | Peer, b: Doing | Peer): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function merged(a: Peer, b: Peer): Peer {
  return {
    ...a,
    viewing: a.viewing ?? b.viewing,
    editing: a.editing ?? b.editing,
    caret: a.caret ?? b.caret,
    idle: a.idle && b.idle,
    tabs: a.tabs + b.tabs,
  }
}

/** Presence is written by other people's programs: anything may stand in it. */
function peerOf(state: Record<string, unknown>): Peer | null {
  const user = state['user']
  if (typeof user !== 'object' || user === null || !('id' in user) || typeof user.id !== 'string') return null
  const name = 'name' in user && typeof user.name === 'string' ? user.name : user.id
  return {
    userId: user.id,
    name,
    viewing: textOrNull(state['viewing'], MAX_ID),
    editing: textOrNull(state['editing'], MAX_ID),
    caret: caretOrNull(state['caret']),
    idle: state['idle'] === true,
    tabs: 1,
  }
}

function caretOrNull(value: unknown): Caret | null {
  if (typeof value !== 'object' || value === null) return null
  const { item, at, from } = value as Record<string, unknown>
  const [itemId, head, tail] = [
    textOrNull(item, MAX_ID),
    textOrNull(at, MAX_ANCHOR),
    textOrNull(from, MAX_ANCHOR),
  ]
  if (itemId === null || head === null) return null
  return Object.freeze(tail === null ? { item: itemId, at: head } : { item: itemId, at: head, from: tail })
}

function textOrNull(value: unknown, longest: number): string | null {
  return typeof value === 'string' && value.length <= longest ? value : null
}
