import type { ChannelState, LinkState } from '../connection/port.ts'
import { CLOSE } from '../protocol/close-codes.ts'
import type { ServerMessage } from '../protocol/messages.ts'
import type { Attention } from '../types.ts'

/** What server and connection say about a list, apart from its edits. */
export interface Standing {
  readonly link: LinkState
  readonly channel: ChannelState
  /** The link rests, and the list was live when it went to rest. */
  readonly isAtRest: boolean
  readonly isServerStorageFailing: boolean
  readonly damage: readonly string[]
  /** Set while the server does not accept a list made on this device. */
  readonly createRefused: string | null
}

export const initialStanding: Standing = {
  link: { state: 'idle' },
  channel: { state: 'detached' },
  isAtRest: false,
  isServerStorageFailing: false,
  damage: [],
  createRefused: null,
}

/** What a message of the server changes in it; the same object when it changes nothing. */
export function afterMessage(standing: Standing, message: ServerMessage): Standing {
  switch (message.type) {
    case 'storage':
      return { ...standing, isServerStorageFailing: message.state === 'failing' }
    case 'damaged':
      return { ...standing, damage: message.details }
    case 'welcome':
    case 'refused':
    case 'check-result':
    case 'collisions':
    case 'missed-collisions':
    case 'changed':
    case 'resync':
    case 'idle-disconnect':
      return standing
  }
}

/** Trouble that server and connection report, with the server's own words where it has some. */
export function troubles(standing: Standing): Map<Attention, string | null> {
  const found = new Map<Attention, string | null>()
  const { link, channel } = standing
  for (const state of [link, channel]) {
    if (state.state !== 'stopped' && state.state !== 'denied') continue
    const reason = attentionOf(state.code)
    if (reason !== null) found.set(reason, null)
  }
  if (standing.isServerStorageFailing) found.set('server-storage', null)
  if (standing.damage.length > 0) found.set('damaged', standing.damage.join(' '))
  if (standing.createRefused !== null) found.set('create-refused', standing.createRefused)
  return found
}

/** Only codes that say stop are trouble; our own closing of a link (1000) is not. */
function attentionOf(code: number): Attention | null {
  if (code === CLOSE.unauthenticated) return 'auth-expired'
  if (code === CLOSE.clientTooOld) return 'client-too-old'
  return code >= 4400 && code <= 4499 ? 'access-revoked' : null
}
