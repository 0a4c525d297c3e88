import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

export interface PageServer {
  /** A page of an origin nobody has used: a new device, as far as the page's storage is concerned. */
  newOrigin(): string
  close(): Promise<void>
}

/**
 * Serves one page whose script is this file of `page/` with all it imports. It stays up when the sync server is down: how a page
 * itself gets to be there without a network is the app's business (a service worker), and not the SDK's.
 */
export async function servePage(name: string): Promise<PageServer> {
  const script = await bundle(name)
  const html =
    '<!doctype html><meta charset="utf-8"><title>Lab</title><output id="status"></output><ul id="items"></ul>' +
    '<div id="root"></div><script src="/page.js"></script>'
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let devices = 0
  return {
    newOrigin: () => {
      devices += 1
      // Browsers resolve every name below localhost to this machine, and trust it as they trust https.
      return `http://device-${devices}.localhost:${port}`
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bundle(name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    // React's development build renders more slowly, and twice in places.
    oxc: { jsx: { development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: {
        entry: fileURLToPath(new URL(`./page/${name}`, import.meta.url)),
        formats: ['iife'],
        name: 'page',
      },
    },
  })
  const [output] = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[]
  const chunk = output?.output.find((one) => one.type === 'chunk')
  if (chunk === undefined) throw new Error(`Nothing was built of ${name}`)
  return chunk.code
}
