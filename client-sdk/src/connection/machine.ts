interface Step<S, F> {
  readonly state: S
  readonly effects: readonly F[]
}

/**
 * The shell around a pure transition: holds the state, runs the effects, and finishes one event before the next.
 *
 * An event raised by an effect, or by a listener, waits its turn. Handling it at once would run its effects in the middle
 * of those of the first, and the order of frames on the wire would depend on who listens.
 */
export class Machine<S, E, F> {
  state: S
  readonly #transition: (state: S, event: E) => Step<S, F>
  readonly #run: (effect: F) => void
  readonly #changed: (now: S, before: S) => void
  readonly #queue: E[] = []
  #isRunning = false

  constructor(
    initial: S,
    transition: (state: S, event: E) => Step<S, F>,
    o: { run(effect: F): void; changed(now: S, before: S): void },
  ) {
    this.state = initial
    this.#transition = transition
    this.#run = o.run
    this.#changed = o.changed
  }

  dispatch(event: E): void {
    this.#queue.push(event)
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        const before = this.state
        const { state, effects } = this.#transition(before, next)
        this.state = state
        for (const effect of effects) this.#run(effect)
        if (state !== before) this.#changed(state, before)
      }
    } finally {
      this.#isRunning = false
    }
  }
}
