import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hocuspocus } from '@hocuspocus/server'
import { type WebSocket, WebSocketServer } from 'ws'

type Configuration = ConstructorParameters<typeof Hocuspocus>[0]

export interface StockServer {
  readonly url: string
  readonly port: number
  readonly hocuspocus: Hocuspocus
  /** Sockets open now. */
  readonly sockets: Set<WebSocket>
  /** Sockets ever accepted. */
  readonly accepted: number
  /** Every frame that arrived, as bytes. */
  readonly frames: Uint8Array[]
  close(): Promise<void>
}

/** A plain Hocuspocus behind plain `ws` on 127.0.0.1: real sockets, documents in memory, none of our own server. */
export async function stockServer(configuration: Configuration = {}): Promise<StockServer> {
  const hocuspocus = new Hocuspocus({ quiet: true, ...configuration })
  const http = createServer()
  const webSockets = new WebSocketServer({ server: http, maxPayload: 1024 * 1024 })
  const frames: Uint8Array[] = []
  let accepted = 0
  webSockets.on('connection', (socket, request) => {
    accepted += 1
    socket.on('error', () => socket.terminate())
    const connection = hocuspocus.handleConnection(
      socket as never,
      new Request(`http://127.0.0.1${request.url}`),
    )
    socket.on('message', (data: Buffer) => {
      frames.push(new Uint8Array(data))
      connection.handleMessage(new Uint8Array(data))
    })
    socket.on('close', (code, reason) => connection.handleClose({ code, reason: String(reason) }))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}/sync`,
    port,
    hocuspocus,
    sockets: webSockets.clients,
    get accepted() {
      return accepted
    },
    frames,
    close: async () => {
      for (const socket of webSockets.clients) socket.terminate()
      webSockets.close()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
