/** Whether updates are being stored; a union without the queue length, which changes too often to announce. */
export type WriterState =
  | { readonly name: 'ok' }
  | { readonly name: 'failing'; readonly since: Date; readonly reason: string }
  | { readonly name: 'closed' }

export type WriterEvent =
  | { readonly name: 'stored' }
  | { readonly name: 'failed'; readonly at: Date; readonly reason: string }
  | { readonly name: 'close' }

type Table = {
  [S in WriterState['name']]: {
    [E in WriterEvent['name']]: (
      state: Extract<WriterState, { name: S }>,
      event: Extract<WriterEvent, { name: E }>,
    ) => WriterState
  }
}

const table: Table = {
  ok: {
    stored: (state) => state,
    failed: (_, { at, reason }) => ({ name: 'failing', since: at, reason }),
    close: () => ({ name: 'closed' }),
  },
  failing: {
    stored: () => ({ name: 'ok' }),
    // The first moment and the latest reason: how long it lasts, and what is wrong now.
    failed: (state, { reason }) => (reason === state.reason ? state : { ...state, reason }),
    close: () => ({ name: 'closed' }),
  },
  closed: { stored: (state) => state, failed: (state) => state, close: (state) => state },
}

export function transition(state: WriterState, event: WriterEvent): WriterState {
  const handle = table[state.name][event.name] as (state: WriterState, event: WriterEvent) => WriterState
  return handle(state, event)
}
