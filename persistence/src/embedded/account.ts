import { chown, lchown, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageError } from '../errors.ts'
import type { Binaries } from './binaries.ts'
import { type Invocation, run } from './run.ts'

/** Under which identity PostgreSQL runs: it refuses uid 0. */
export type Account =
  | { readonly kind: 'same-user' }
  /** Still root to the file system, uid 1000 to itself. */
  | { readonly kind: 'user-namespace' }
  | { readonly kind: 'other-user'; readonly uid: number; readonly gid: number }

/** The command that runs a program under the account. */
export function invocation(account: Account, file: string, args: readonly string[]): Invocation {
  switch (account.kind) {
    case 'same-user':
      return { file, args }
    case 'user-namespace':
      return { file: 'unshare', args: ['--user', '--map-user=1000', '--map-group=1000', file, ...args] }
    case 'other-user':
      return { file, args, uid: account.uid, gid: account.gid }
  }
}

/**
 * Chooses an account that can run the programs and write `directory` (created when missing).
 *
 * As root a user namespace comes first: the process keeps root's access to files, so a clone in root's own home works without
 * copying or chowning anything. A directory that already belongs to a normal user keeps that user, so that one `sudo npm start`
 * does not lock them out of their own data.
 */
export async function chooseAccount(binaries: Binaries, directory: string): Promise<Account> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (process.getuid?.() !== 0) return { kind: 'same-user' }
  const refused: string[] = []
  for (const account of await candidates(binaries, directory)) {
    await giveTo(account, directory)
    const { code, output } = await run(
      invocation(account, '/bin/sh', ['-c', probe, 'sh', binaries.postgres, directory]),
    )
    if (code === 0) return account
    refused.push(`${describe(account)}: ${output.trim().split('\n').at(-1) || `exit code ${code}`}`)
  }
  throw new StorageError(
    'embedded-no-account',
    `No account can run PostgreSQL in ${directory} (${refused.join('; ')}).`,
  )
}

const probe = `
  test "$(id -u)" != 0 || { echo still root; exit 1; }
  "$1" --version >/dev/null || exit 1
  test -r "$2" -a -w "$2" -a -x "$2" || { echo no access to "$2"; exit 1; }`

async function candidates(binaries: Binaries, directory: string): Promise<Account[]> {
  const found: Account[] = []
  const add = (account: Account): void => {
    if (account.kind !== 'other-user' || account.uid !== 0) found.push(account)
  }
  const ownerOf = async (path: string): Promise<void> => {
    const { uid, gid } = await stat(path)
    add({ kind: 'other-user', uid, gid })
  }
  await ownerOf(directory)
  add({ kind: 'user-namespace' })
  await ownerOf(binaries.postgres)
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] =
      passwd
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.split(':') ?? []
    if (uid !== undefined && gid !== undefined)
      add({ kind: 'other-user', uid: Number(uid), gid: Number(gid) })
  }
  return found
}

/** Makes everything under `path` belong to the account; cheap when it already does. */
export async function giveTo(account: Account, path: string): Promise<void> {
  if (account.kind === 'same-user') return
  const target = account.kind === 'other-user' ? account : { uid: 0, gid: 0 }
  const { uid } = await stat(path)
  if (uid === target.uid) return
  // The top directory comes last: an interruption leaves it with the old owner, so the next start does it all again.
  for (const entry of await readdir(path, { recursive: true }).catch(() => [])) {
    await lchown(join(path, entry), target.uid, target.gid)
  }
  await chown(path, target.uid, target.gid)
}

function describe(account: Account): string {
  return account.kind === 'other-user' ? `uid ${account.uid}` : account.kind
}
