import type { Environment, SocketLike } from '../connection/port.ts'
import { encodeFrame } from '../protocol/frames.ts'
import { PROTOCOL_NAME } from '../protocol/version.ts'

const TRIAL_MS = 10_000

export interface TrialOptions {
  readonly environment: Environment
  readonly url: string
  /** A list that this person has open, to be asked for: there are proxies that take the upgrade and pass nothing on. */
  readonly open: { readonly listId: string; readonly token: string }
  /** Told once, and not after `close`. */
  readonly result: (isAnswered: boolean) => void
}

/** One socket, opened to see whether the server answers on it. */
export function openTrial({ environment, url, open, result }: TrialOptions): { close(): void } {
  let socket: SocketLike | null = null
  let isOver = false
  const close = (): void => {
    isOver = true
    stopTimer()
    socket?.close()
  }
  const give = (isAnswered: boolean): void => {
    if (isOver) return
    close()
    result(isAnswered)
  }
  const stopTimer = environment.setTimer(() => give(false), TRIAL_MS)
  try {
    const made = environment.openSocket(url)
    socket = made
    made.binaryType = 'arraybuffer'
    // A close follows; and closing one that is still connecting is an error that somebody must hear.
    made.onerror = () => {}
    made.onopen = () => {
      made.send(encodeFrame(open.listId, { type: 'token', token: open.token, version: PROTOCOL_NAME }))
    }
    made.onmessage = () => give(true)
    made.onclose = () => give(false)
  } catch {
    // The browser opens none at all. Not in this tick: whoever asked is not ready for an answer.
    queueMicrotask(() => give(false))
  }
  return { close }
}
