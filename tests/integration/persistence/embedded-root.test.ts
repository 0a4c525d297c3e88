import { spawnSync } from 'node:child_process'
import { chown, cp, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chooseAccount } from '../../../persistence/src/embedded/account.ts'
import { type Binaries, findBinaries } from '../../../persistence/src/embedded/binaries.ts'
import { openCluster } from '../../../persistence/src/embedded/cluster.ts'
import { claim } from '../../../persistence/src/embedded/ownership.ts'
import { startPostmaster, stopPostmaster } from '../../../persistence/src/embedded/postmaster.ts'
import { systemEnvironment } from '../../../persistence/src/environment.ts'
import { holdInAnotherProcess, leaveMark, marks, type Workshop, workshop } from './embedded-support.ts'

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
/** False where the tests themselves stand in a folder that only root may enter: nobody else can run anything from there. */
const isOpenToOthers = isRoot && spawnSync('test', ['-x', process.execPath], nobody).status === 0

// As a normal user every other test of the embedded PostgreSQL shows the normal case, and none of these can run.
describe.runIf(isRoot)('embedded PostgreSQL, started by root', () => {
  let shop: Workshop
  let locked: string
  beforeEach(async () => {
    shop = await workshop()
    // mkdtemp makes it for its owner alone.
    locked = await mkdtemp(join(tmpdir(), 'tandem-root-only-'))
  })
  afterEach(async () => {
    await shop.close()
    await rm(locked, { recursive: true, force: true })
  })

  it('[PG-2] runs from programs and data in a folder that only root may enter', async () => {
    const installed = await findBinaries()
    await cp(join(installed.root, 'native'), join(locked, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    })
    const moved = (path: string): string => path.replace(installed.root, locked)
    const { initdb, postgres, pgCtl } = installed
    const binaries: Binaries = {
      root: locked,
      initdb: moved(initdb),
      postgres: moved(postgres),
      pgCtl: moved(pgCtl),
    }
    const dataDir = join(locked, 'data')
    const account = await chooseAccount(binaries, dataDir)
    expect(account.kind).toBe('user-namespace')
    const cluster = await openCluster(dataDir, binaries, account)
    const host = { binaries, account, cluster, environment: systemEnvironment }
    const server = await startPostmaster(host, 0)
    const ownership = await claim(host, server, () => {})
    expect(ownership).not.toBe(null)
    await ownership?.release()
    await stopPostmaster(host, server.pid)
  })

  it('[PG-2] where user namespaces are forbidden it runs as an unprivileged user', async () => {
    const starting = holdInAnotherProcess(shop.dataDir, {
      env: { PATH: await pathWithoutUnshare(locked) },
    })
    if (!isOpenToOthers) {
      await expect(starting).rejects.toMatchObject({ code: 'embedded-no-account' })
      return
    }
    const holder = await starting
    await leaveMark(holder.url, 'rice')
    expect(await marks(holder.url)).toBe('rice')
    expect((await stat(join(shop.dataDir, 'pgdata'))).uid).not.toBe(0)
    await holder.stop()
    // And back: the next start has namespaces again, and stays with the owner of the data.
    const again = await shop.start()
    expect(await marks(again.connectionString())).toBe('rice')
  })

  it('[PG-2] where nothing works it says what to do', async () => {
    const dataDir = join(locked, 'data')
    await mkdir(dataDir)
    const refusal = await holdInAnotherProcess(dataDir, {
      env: { PATH: await pathWithoutUnshare(locked) },
    }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'embedded-no-account' })
    expect(String(refusal)).toMatch(/DATA_DIR.*DATABASE_URL/)
  })

  it('[PG-2] data of a normal user stays theirs when root starts it once', async () => {
    await mkdir(shop.dataDir)
    await chown(shop.dataDir, nobody.uid, nobody.gid)
    if (!isOpenToOthers) {
      const refusal = await holdInAnotherProcess(shop.dataDir, nobody).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ code: 'EACCES' })
      return
    }
    const asUser = await holdInAnotherProcess(shop.dataDir, nobody)
    expect(asUser.uid).toBe(nobody.uid)
    await leaveMark(asUser.url, 'oats')
    await asUser.stop()
    const asRoot = await shop.start()
    await leaveMark(asRoot.connectionString(), 'pears')
    await asRoot.stop()
    const again = await holdInAnotherProcess(shop.dataDir, nobody)
    expect(await marks(again.url)).toBe('oats, pears')
    await again.stop()
  })
})

/** A PATH with the shell's tools and without `unshare`, as in a container that lacks it. */
async function pathWithoutUnshare(folder: string): Promise<string> {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  for (const tool of ['id', 'test', 'echo']) await symlink(`/usr/bin/${tool}`, join(bin, tool))
  return bin
}
