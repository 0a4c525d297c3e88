import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `freshDatabase` asks for the run's PostgreSQL cluster. */
    clusterUrl: string
  }
}

export const TEMPLATE_DATABASE = 'tandem_template'

interface Cluster {
  readonly adminUrl: string
  stop(): Promise<void>
}

/**
 * One real PostgreSQL for the whole run, started by the first test that asks for it.
 *
 * Workers cannot share a process handle, and starting the cluster here at once would make each pure unit run pay for
 * it. So this process listens on a port of its own, and the first request starts the cluster; the others wait for it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<Cluster> | null = null
  const server: Server = createServer((_request, response) => {
    cluster ??= startCluster()
    cluster.then(
      (started) => response.end(started.adminUrl),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('clusterUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)

  return async () => {
    server.closeAllConnections()
    server.close()
    const started = await cluster?.catch(() => null)
    await started?.stop()
  }
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
