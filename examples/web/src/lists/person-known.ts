import type { Client } from '@tandem/client-sdk'

/** Resolves once it is known who is here, a moment after signing in: nobody else can own a new list, and what was asked for before that waits. */
export function personKnown({ user }: Client): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (user.getSnapshot() === null) return
      stop()
      resolve()
    }
    const stop = user.subscribe(look)
    look()
  })
}
