/** Something that waits until it is let go, so that a test decides what overtakes what. */
export interface Latch {
  /** How many came by, waiting or not. */
  arrived(): number
  /** Resolves at once while open. */
  pass(): Promise<void>
  close(): void
  open(): void
}

export function latch(): Latch {
  let arrived = 0
  let release: () => void = () => undefined
  let gate: Promise<void> = Promise.resolve()
  return {
    arrived: () => arrived,
    pass: () => {
      arrived += 1
      return gate
    },
    close() {
      gate = new Promise((resolve) => {
        release = resolve
      })
    },
    open() {
      release()
      gate = Promise.resolve()
    },
  }
}
