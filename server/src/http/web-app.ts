import { access } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TandemError } from '../errors.ts'
import { policyWithStyle } from './content-policy.ts'
import { sendProblem } from './problem.ts'

/** Vite puts a hash of the content into these names: another content has another name. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/
const YEAR_SECONDS = 31_536_000

/**
 * Serves the built web app for every address that is not the API's.
 *
 * Addresses without a file extension are the app's own (`/list/…`) and get index.html. The folder is looked at on every
 * request, so that building the app while the server runs is enough.
 */
export async function webApp(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    serve: false,
    cacheControl: false,
    suppressWarning: true,
  })

  app.get('/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    if (isReserved(path)) return sendProblem(reply, new TandemError('no-such-route'))
    const isPage = extname(path) === '' || path === '/index.html'
    if (!isPage) return sendAsset(request, reply, path)
    const isBuilt = await access(join(webDir, 'index.html')).then(
      () => true,
      () => false,
    )
    if (!isBuilt)
      return reply
        .status(404)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', NOT_BUILT_POLICY)
        .send(NOT_BUILT)
    return reply.header('cache-control', 'no-store').sendFile('index.html')
  })
}

async function sendAsset(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
  const isHashed = HASHED.test(path)
  // A service worker or manifest must be asked for again each time, or an update never arrives.
  reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
  const file = (request.params as { '*': string })['*']
  return reply.sendFile(file)
}

function isReserved(path: string): boolean {
  return /^\/(api|sync|yjs|health|metrics)(\/|$)/.test(path)
}

const NOT_BUILT_STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1rem;color:#222;background:#fff}
code{background:#eee;padding:.1em .4em;border-radius:.25em}`

const NOT_BUILT_POLICY = policyWithStyle(NOT_BUILT_STYLE)

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tandem</title>
<style>${NOT_BUILT_STYLE}</style>
<h1>Tandem is running</h1>
<p>The server and its API work. The web app has not been built yet: run</p>
<p><code>npm run build:web</code></p>
<p>in Tandem’s folder and reload this page.</p>
</html>
`
