import { readdir, readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** What PostgreSQL itself says in `postmaster.pid` about the server of a data directory. */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number
  readonly status: string
}

export async function readPostmasterFile(directory: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3]) || 0, status: (lines[7] ?? '').trim() }
}

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether the process serves this data directory.
 *
 * A pid alone proves nothing: after a crash (and after every container restart) another program may carry it. On Linux every
 * PostgreSQL process has the data directory as its working directory; elsewhere a living pid is believed.
 */
export async function servesDirectory(pid: number, directory: string): Promise<boolean> {
  if (!processIsAlive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(directory))
  } catch (error) {
    // No such link: it has ended meanwhile (or is a zombie). No permission: somebody else's, so it must be believed.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

/** Pids of all PostgreSQL processes in this directory, children that outlived a killed server included; empty where unknown. */
export async function processesIn(directory: string): Promise<number[]> {
  if (process.platform !== 'linux') return []
  const wanted = await realpath(directory).catch(() => directory)
  const found: number[] = []
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    const cwd = await readlink(`/proc/${name}/cwd`).catch(() => null)
    if (cwd !== wanted) continue
    // A person's shell may stand in the directory too.
    const command = await readFile(`/proc/${name}/comm`, 'utf8').catch(() => '')
    if (command.trim() === 'postgres') found.push(Number(name))
  }
  return found
}
