import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests ask for what a whole run shares: `cluster` and `web`. */
    sharedUrl: string
  }
}

export const TEMPLATE_DATABASE = 'tandem_template'

interface Cluster {
  readonly adminUrl: string
  stop(): Promise<void>
}

/**
 * What a whole run shares, made by the first test that asks for it: one real PostgreSQL, one build of the web app.
 *
 * Workers cannot share a process handle, two of them must not build into one folder, and making everything here at
 * once would make each pure unit run pay for it. So this process listens on a port of its own; the first request for a
 * thing makes it, and the others wait for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | null = null
  let web: Promise<string> | null = null
  const server: Server = createServer((request, response) => {
    if (request.url === '/web') web ??= buildWeb()
    else cluster ??= startCluster()
    const asked = request.url === '/web' ? web : cluster?.then((started) => started.adminUrl)
    asked?.then(
      (answer) => response.end(answer),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('sharedUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)

  return async () => {
    server.closeAllConnections()
    server.close()
    const started = await cluster?.catch(() => null)
    await started?.stop()
  }
}

/** `WEB_DIR` names a build to test as it is. */
async function buildWeb(): Promise<string> {
  if (process.env['WEB_DIR'] !== undefined) return 'built elsewhere'
  const script = fileURLToPath(new URL('../../scripts/build-web-if-stale.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  return stdout
}

async function startCluster(): Promise<Cluster> {
  // Imported here and not above: a unit run must not depend on the persistence package even being able to load.
  const { startEmbeddedPostgres, migrate } = await import('@tandem/persistence')
  const { default: pg } = await import('pg')
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-tests-'))
  const lines: string[] = []
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) }).catch(
    (error) => {
      throw new Error(`PostgreSQL for the tests did not start:\n${lines.slice(-20).join('\n')}`, {
        cause: error,
      })
    },
  )
  const adminUrl = postgres.connectionString('postgres')
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`)
  await admin.end()
  await migrate(postgres.connectionString(TEMPLATE_DATABASE))
  return {
    adminUrl,
    stop: async () => {
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
