import { Machine } from '../connection/machine.ts'
import type { Environment } from '../connection/port.ts'
import type { Page } from './page.ts'
import { type RestEffect, type RestEvent, type RestPhase, transition } from './rest-machine.ts'

/** A page that nobody has looked at for so long needs no connection. */
export const IDLE_MS = 5 * 60_000

export interface RestHost {
  readonly environment: Environment
  readonly page: Page
  /** Whether something waits that this page is to send. */
  readonly mustSend: () => boolean
  readonly rest: () => void
  readonly wake: () => void
}

/**
 * When a client lets go of its connection: nobody has looked at its page for a while, and nothing waits to be sent.
 *
 * A page that is seen stays connected however long nobody touches it: a list on the kitchen's tablet is there to be looked at.
 */
export class Rest {
  readonly #host: RestHost
  readonly #machine: Machine<RestPhase, RestEvent, RestEffect>
  readonly #stopWatching: () => void
  #stopTimer: (() => void) | null = null

  constructor(host: RestHost) {
    this.#host = host
    this.#machine = new Machine<RestPhase, RestEvent, RestEffect>({ state: 'watched' }, transition, {
      run: (effect) => this.#run(effect),
      changed: () => {},
    })
    const { page } = host
    const stops = [
      page.onWakeUp(() => this.#machine.dispatch({ type: page.isHidden() ? 'network' : 'looked-at' })),
      page.onHidden(() => this.#machine.dispatch({ type: 'hidden' })),
    ]
    this.#stopWatching = () => {
      for (const stop of stops) stop()
    }
    if (page.isHidden()) this.#machine.dispatch({ type: 'hidden' })
  }

  get isResting(): boolean {
    return this.#machine.state.state === 'resting'
  }

  /** The app wants a connection now. */
  acted(): void {
    this.#machine.dispatch({ type: 'acted' })
  }

  /** What waits to be sent may be something else. */
  look(): void {
    const { state } = this.#machine.state
    if (state === 'due' && !this.#host.mustSend()) this.#machine.dispatch({ type: 'settled' })
    if (state === 'resting' && this.#host.mustSend()) this.acted()
  }

  close(): void {
    this.#machine.dispatch({ type: 'close' })
    this.#stopWatching()
  }

  #run(effect: RestEffect): void {
    switch (effect) {
      case 'set-timer':
        this.#stopTimer = this.#host.environment.setTimer(
          () => this.#machine.dispatch({ type: 'timer' }),
          IDLE_MS,
        )
        return
      case 'clear-timer':
        this.#stopTimer?.()
        return
      case 'look':
        this.look()
        return
      case 'rest':
        this.#host.rest()
        return
      case 'wake':
        this.#host.wake()
        return
    }
  }
}
