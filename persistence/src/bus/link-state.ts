/** The bus's connection. `everConnected` tells a gap from a first connection. */
export type LinkState =
  | { readonly name: 'disconnected'; readonly everConnected: boolean }
  | { readonly name: 'connected' }
  | { readonly name: 'closed' }

export type LinkEvent = 'connected' | 'lost' | 'close'

type Table = { [S in LinkState['name']]: { [E in LinkEvent]: LinkState } }

const table: Table = {
  disconnected: {
    connected: { name: 'connected' },
    lost: { name: 'disconnected', everConnected: false },
    close: { name: 'closed' },
  },
  connected: {
    connected: { name: 'connected' },
    lost: { name: 'disconnected', everConnected: true },
    close: { name: 'closed' },
  },
  closed: { connected: { name: 'closed' }, lost: { name: 'closed' }, close: { name: 'closed' } },
}

export function transition(state: LinkState, event: LinkEvent): LinkState {
  // A loss while disconnected changes nothing, and above all not what we remember.
  if (state.name === 'disconnected' && event === 'lost') return state
  return table[state.name][event]
}
