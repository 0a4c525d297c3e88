import { startEmbeddedPostgres } from '@tandem/persistence'

// A process that owns an embedded PostgreSQL, for tests to kill: prints one line of JSON when it is up, stops when its input ends.
const [dataDir] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('usage: hold-embedded.ts <dataDir>')
const lines: string[] = []
try {
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) })
  const { pid, port } = postgres
  console.log(JSON.stringify({ pid, port, url: postgres.connectionString(), uid: process.getuid?.(), lines }))
  process.stdin.resume()
  await new Promise((resolve) => process.stdin.once('end', resolve))
  await postgres.stop()
} catch (error) {
  console.log(
    JSON.stringify({ error: error instanceof Error ? { ...error, message: error.message } : String(error) }),
  )
  process.exitCode = 1
}
