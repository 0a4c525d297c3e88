import { createServer } from 'node:http'
import { Database } from '@hocuspocus/extension-database'
import { Hocuspocus } from '@hocuspocus/server'
import pg from 'pg'
import { WebSocketServer } from 'ws'

/**
 * The peer: stock Hocuspocus with its database extension, defaults throughout, on our `ws` server so that the sockets
 * are the same. One row per document holds the whole state, as the extension's own examples do it.
 */
const url = process.argv[2]
if (url === undefined) throw new Error('usage: stock-server <database url>')
const pool = new pg.Pool({ connectionString: url, max: 10 })
await pool.query('CREATE TABLE IF NOT EXISTS stock_documents (name text PRIMARY KEY, data bytea NOT NULL)')

const hocuspocus = new Hocuspocus({
  quiet: true,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => {
        const found = await pool.query<{ data: Buffer }>('SELECT data FROM stock_documents WHERE name = $1', [
          documentName,
        ])
        return found.rows[0]?.data ?? null
      },
      store: async ({ documentName, state }) => {
        await pool.query(
          'INSERT INTO stock_documents (name, data) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET data = $2',
          [documentName, state],
        )
      },
    }),
  ],
})

const http = createServer()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
http.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const connection = hocuspocus.handleConnection(
      ws as unknown as Parameters<Hocuspocus['handleConnection']>[0],
      new Request(`http://127.0.0.1${request.url ?? '/'}`),
    )
    ws.on('message', (data: Buffer) => connection.handleMessage(new Uint8Array(data)))
    ws.on('close', (code, reason) => connection.handleClose({ code, reason: reason.toString() }))
    ws.on('error', () => undefined)
  })
})
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  console.log(`stock ready on http://127.0.0.1:${address.port}`)
})
