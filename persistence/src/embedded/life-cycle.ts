import type { Ownership } from './ownership.ts'
import type { Postmaster } from './postmaster.ts'

/** The embedded server as seen by the process that owns it. */
export type LifeCycle =
  | { readonly name: 'down' }
  | { readonly name: 'up'; readonly server: Postmaster; readonly ownership: Ownership }
  | { readonly name: 'recovering'; readonly port: number }
  | { readonly name: 'stopped' }

export type LifeCycleEvent =
  | { readonly name: 'attached'; readonly server: Postmaster; readonly ownership: Ownership }
  | { readonly name: 'lost' }
  | { readonly name: 'stop' }

type Table = {
  [S in LifeCycle['name']]: {
    [E in LifeCycleEvent['name']]: (
      state: Extract<LifeCycle, { name: S }>,
      event: Extract<LifeCycleEvent, { name: E }>,
    ) => LifeCycle
  }
}

const up = (
  _: LifeCycle,
  { server, ownership }: Extract<LifeCycleEvent, { name: 'attached' }>,
): LifeCycle => ({
  name: 'up',
  server,
  ownership,
})
const stay = (state: LifeCycle): LifeCycle => state
const stopped = (): LifeCycle => ({ name: 'stopped' })

const table: Table = {
  down: { attached: up, lost: stay, stop: stopped },
  // The port is kept: everyone who holds a connection string will try it again.
  up: { attached: stay, lost: (state) => ({ name: 'recovering', port: state.server.port }), stop: stopped },
  recovering: { attached: up, lost: stay, stop: stopped },
  stopped: { attached: stay, lost: stay, stop: stay },
}

export function transition(state: LifeCycle, event: LifeCycleEvent): LifeCycle {
  const handle = table[state.name][event.name] as (state: LifeCycle, event: LifeCycleEvent) => LifeCycle
  return handle(state, event)
}
