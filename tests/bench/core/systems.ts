import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createList, giveRole, guest } from '../../support/people.ts'
import { pause, type Seat } from './workload.ts'

/** One server under test, as its own process. */
export interface System {
  readonly name: string
  readonly pid: number
  /** Where clients connect. */
  readonly url: string
  seats(lists: number, members: number): Promise<Seat[]>
  stop(): Promise<void>
}

const STOCK = fileURLToPath(new URL('./stock-server.ts', import.meta.url))
const TANDEM = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))

export async function startTandem(databaseUrl: string, dataDir: string): Promise<System> {
  const { child, url } = await startProcess([TANDEM, 'serve'], {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
  })
  return {
    name: 'Tandem',
    pid: child.pid ?? 0,
    url: `${url.replace(/^http/, 'ws')}/sync`,
    stop: () => end(child),
    seats: async (lists, members) => {
      const people = await Promise.all(Array.from({ length: members }, (_, n) => guest(url, `Member ${n}`)))
      const owner = people[0]
      if (owner === undefined) throw new Error('a list needs a member')
      const seats: Seat[] = []
      for (let n = 0; n < lists; n++) {
        const { id } = await createList(url, owner.token, { title: `List ${n}` })
        for (const person of people) {
          if (person !== owner) {
            await giveRole(url, owner.token, { listId: id, userId: person.userId, role: 'editor' })
          }
          seats.push({ listId: id, token: person.token, userId: person.userId })
        }
      }
      return seats
    },
  }
}

export async function startStock(databaseUrl: string): Promise<System> {
  const { child, url } = await startProcess([STOCK, databaseUrl], {})
  return {
    name: 'stock',
    pid: child.pid ?? 0,
    url: `${url.replace(/^http/, 'ws')}/`,
    stop: () => end(child),
    seats: async (lists, members) =>
      Array.from({ length: lists }, () => randomUUID()).flatMap((listId) =>
        Array.from({ length: members }, (_, n) => ({ listId, token: 'x', userId: `u_member${n}` })),
      ),
  }
}

async function startProcess(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ child: ChildProcess; url: string }> {
  // BENCH_PROFILE=<directory> writes a CPU profile of each server there when it stops.
  const profile = process.env['BENCH_PROFILE']
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const child = spawn(process.execPath, [...flags, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_ENV: 'production', ...env },
  })
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  child.once('close', () => process.off('exit', killWithUs))
  let printed = ''
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  for (;;) {
    const url = /ready.*?(http:\/\/[^\s"',]+)/.exec(printed)?.[1]
    if (url !== undefined) return { child, url: url.replace(/\/$/, '') }
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}: ${printed}`)
    await pause(20)
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(impatience)
}
