import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface UpgradeRefuser {
  readonly url: string
  /** Whether upgrades are refused; they are from the start. */
  isBlocking: boolean
  readonly refused: number
  readonly passed: number
  close(): Promise<void>
}

/** A proxy as companies have them: HTTP passes, WebSockets do not. */
export async function upgradeRefuser(target: { readonly port: number }): Promise<UpgradeRefuser> {
  const sockets = new Set<Socket>()
  const state = { isBlocking: true, refused: 0, passed: 0 }
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url: path } = incoming
    const onward = request({ host: '127.0.0.1', port: target.port, method, headers, path }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (incoming: IncomingMessage, near: Socket, head: Buffer) => {
    if (state.isBlocking) {
      state.refused += 1
      near.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      return
    }
    state.passed += 1
    const far = connect({ host: '127.0.0.1', port: target.port }, () => {
      const lines = [`GET ${incoming.url} HTTP/1.1`]
      for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
        lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`)
      }
      far.write(`${lines.join('\r\n')}\r\n\r\n`)
      far.write(head)
      far.pipe(near)
      near.pipe(far)
    })
    sockets.add(far)
    far.on('error', () => near.destroy())
    far.on('close', () => {
      sockets.delete(far)
      near.destroy()
    })
    near.on('close', () => far.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.defineProperties(state, {
    url: { value: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, enumerable: true },
    close: {
      value: () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve())
          for (const socket of sockets) socket.destroy()
        }),
    },
  }) as typeof state & Pick<UpgradeRefuser, 'url' | 'close'>
}
