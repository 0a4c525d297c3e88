import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { isOriginAllowed } from './origin.ts'

export interface UpgradeDeps {
  readonly path: string
  readonly maxFrameBytes: number
  readonly allowedOrigins: readonly string[]
  /** Null when another socket may open, else why not. */
  refusal(
    request: IncomingMessage,
  ): { readonly status: 503; readonly retryAfterSeconds: number; readonly text: string } | null
  refused(status: number): void
  accept(socket: WebSocket, request: IncomingMessage): void
}

/**
 * Answers WebSocket upgrades at one path of an HTTP server.
 *
 * `error` listeners come first: a client that resets its connection during an upgrade otherwise ends the process.
 */
export function attachUpgrade(httpServer: Server, deps: UpgradeDeps): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: deps.maxFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  })
  // A request that is not a proper WebSocket handshake; ws answers it 400 by itself and reports nothing else here.
  sockets.on('wsClientError', (_error, socket) => answer(socket, 400, 'This is not a WebSocket handshake.'))

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy())
    if (pathOf(request) !== deps.path) {
      // Somebody else's path, unless nobody else listens.
      if (httpServer.listenerCount('upgrade') === 1)
        refuse(socket, 404, 'There is no WebSocket at this address.')
      return
    }
    const { origin, host } = request.headers
    if (!isOriginAllowed(origin, host, deps.allowedOrigins)) {
      refuse(socket, 403, 'Pages of this origin may not connect.')
      return
    }
    const refusal = deps.refusal(request)
    if (refusal !== null) {
      refuse(socket, refusal.status, refusal.text, [`Retry-After: ${refusal.retryAfterSeconds}`])
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => deps.accept(opened, request))
  }

  const refuse = (socket: Duplex, status: number, text: string, headers: readonly string[] = []): void => {
    deps.refused(status)
    answer(socket, status, text, headers)
  }

  httpServer.on('upgrade', upgrade)
  return () => httpServer.off('upgrade', upgrade)
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? ''
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

function answer(socket: Duplex, status: number, text: string, headers: readonly string[] = []): void {
  if (!socket.writable) return
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...headers,
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
