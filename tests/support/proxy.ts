import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Direction = 'both' | 'up' | 'down'

export interface TcpProxy {
  readonly port: number
  /** How many connections it has accepted, dropped ones included. */
  readonly accepted: number
  /** Resets every connection at once, as a pulled cable would. New ones are accepted again. */
  cut(): void
  /** Holds bytes back until `resume`. `up` is towards the target, `down` is from it. */
  pause(direction?: Direction): void
  resume(): void
  /** Delays each chunk by this much, each way, in order; 0 is off. */
  delay(ms: number): void
  /** Accepts and at once resets whatever comes, so that the other side looks unreachable. */
  dropNewConnections(on: boolean): void
  close(): Promise<void>
}

interface Pipe {
  readonly direction: 'up' | 'down'
  hold(on: boolean): void
}

/** A TCP proxy on 127.0.0.1 that misbehaves on demand. It knows nothing of what it carries. */
export async function tcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const pipes = new Set<Pipe>()
  const held = { up: false, down: false }
  let delayMs = 0
  let dropping = false
  let accepted = 0

  const pipe = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
    const one: Pipe = { direction, hold: (on) => (on ? from.pause() : from.resume()) }
    pipes.add(one)
    from.on('close', () => pipes.delete(one))
    // First in, first out, whichever timer fires first: a delay that changes must not let bytes overtake one another.
    const queue: (() => void)[] = []
    const later = (act: () => void): void => {
      if (delayMs === 0 && queue.length === 0) {
        act()
        return
      }
      queue.push(act)
      setTimeout(() => {
        const next = queue.shift()
        if (to.writable) next?.()
      }, delayMs)
    }
    from.on('data', (chunk: Buffer) => later(() => to.write(chunk)))
    from.on('end', () => later(() => to.end()))
    if (held[direction]) one.hold(true)
  }

  const server = createServer((near) => {
    accepted += 1
    near.on('error', () => near.destroy())
    if (dropping) {
      near.resetAndDestroy()
      return
    }
    const far = connect(target)
    far.on('error', () => near.destroy())
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('close', () => sockets.delete(socket))
    }
    pipe(near, far, 'up')
    pipe(far, near, 'down')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })

  const setHeld = (direction: Direction, on: boolean): void => {
    if (direction !== 'down') held.up = on
    if (direction !== 'up') held.down = on
    for (const one of pipes) if (direction === 'both' || direction === one.direction) one.hold(on)
  }
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }

  return {
    port: (server.address() as AddressInfo).port,
    get accepted() {
      return accepted
    },
    cut,
    pause: (direction = 'both') => setHeld(direction, true),
    resume: () => setHeld('both', false),
    delay: (ms) => {
      delayMs = ms
    },
    dropNewConnections: (on) => {
      dropping = on
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}
