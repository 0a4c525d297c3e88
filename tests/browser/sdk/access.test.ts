import { expect, it } from 'vitest'
import { ask } from '../../integration/http/ask.ts'
import { createList, type Guest, giveRole, guest } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import type {} from './page/lab.ts'
import { type Device, useStage } from './stage.ts'
import type { Tab } from './tab.ts'

const stage = useStage('lab.ts')
const WORDS = 'Ann removed you from this list.'

interface Scene {
  readonly ann: Guest
  readonly ben: Device
  readonly listId: string
  /** Ben, on Ann's list. */
  open(options?: { token: null }): Promise<Tab>
  remove(): Promise<void>
}

/** Ann's list, with Ben as an editor of it on a device of his own. */
async function scene(): Promise<Scene> {
  const { url } = stage.server
  const ann = await guest(url, 'Ann')
  const { id: listId } = await createList(url, ann.token, { title: 'Secret party' })
  const ben = await stage.device()
  const { userId } = ben.person
  await giveRole(url, ann.token, { listId, userId, role: 'editor' })
  const remove = async (): Promise<void> => {
    const member = `${url}/api/v1/lists/${listId}/members/${userId}`
    expect((await ask(member, { method: 'DELETE', token: ann.token })).status).toBe(200)
  }
  return { ann, ben, listId, open: (options) => ben.open({ listId, ...options }), remove }
}

/** Everything that stands in the device's databases about one list, as text, store by store. */
function stored(tab: Tab, listId: string): Promise<Record<string, string[]>> {
  return tab.page.evaluate(async (id) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const spelled = (_key: string, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value
    const found: Record<string, string[]> = {}
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name ?? ''))
      for (const store of db.objectStoreNames) {
        const rows: unknown[] = await done(db.transaction(store).objectStore(store).getAll())
        const texts = rows.map((row) => JSON.stringify(row, spelled)).filter((row) => row.includes(id))
        if (texts.length > 0) found[store] = [...(found[store] ?? []), ...texts]
      }
      db.close()
    }
    return found
  }, listId)
}

const access = (tab: Tab) =>
  tab.page.evaluate(() => {
    const found = window.lab.list.access.getSnapshot()
    return found.state === 'ended' ? { message: found.message, pending: found.pending } : found.state
  })

const untilEnded = (tab: Tab) =>
  until(async () => (await access(tab)) !== 'member', { what: 'access has ended', timeoutMs: 15_000 })

const everything = (found: Record<string, string[]>): string => Object.values(found).flat().join('\n')

it('[SDKA-4][SDKA-5][ALL-11][P-24][A6.11] after a revocation the browser’s database holds nothing of the list but the inbox, also with a reload in between', async () => {
  const { ben, listId, open, remove } = await scene()
  const tab = await open()
  await tab.untilState('synced')
  await tab.add('Balloons')
  await tab.page.evaluate(() => {
    const [id = ''] = window.lab.list.items.ids().getSnapshot()
    window.lab.list.items.notes(id).replace('behind the shed')
    window.lab.list.comments.add(id, 'the golden ones')
    window.lab.list.names.subscribe(() => {})
    window.lab.client.items({}).subscribe(() => {})
  })
  await tab.untilState('synced')
  await until(async () => everything(await stored(tab, listId)).includes('behind the shed'))
  await until(async () => (await stored(tab, listId))['facts']?.join().includes('Ann') === true)

  ben.goOffline()
  await tab.untilState('offline')
  await tab.add('Candles')
  await tab.untilStatus({ state: 'offline', pending: 1, stored: true })
  await remove()
  await tab.page.reload()
  await tab.untilTitles(['Balloons', 'Candles'])
  await tab.add('Matches')
  await tab.untilStatus({ state: 'offline', pending: 2, stored: true })

  ben.goOnline()
  await untilEnded(tab)
  await tab.untilStatus({ state: 'attention', reason: 'access-revoked', message: WORDS })
  expect(await tab.titles()).toEqual([])
  const isPurged = async () => Object.keys(await stored(tab, listId)).join() === 'ends,inbox,lists'
  await until(isPurged, { what: 'the device holds nothing else', timeoutMs: 15_000 })
  const look = async () => {
    const found = await stored(tab, listId)
    expect(Object.keys(found)).toEqual(['ends', 'inbox', 'lists'])
    expect(found['inbox']).toMatchObject([
      expect.stringContaining('Candles'),
      expect.stringContaining('Matches'),
    ])
    for (const content of ['Balloons', 'behind the shed', 'golden']) {
      expect(everything(found)).not.toContain(content)
    }
    expect(await access(tab)).toEqual({ message: WORDS, pending: 2 })
  }
  await look()

  await tab.page.reload()
  await untilEnded(tab)
  await tab.untilStatus({ state: 'attention', reason: 'access-revoked', message: WORDS })
  expect(await tab.titles()).toEqual([])
  await look()
  expect(JSON.stringify(await tab.exported())).toContain('Candles')

  await tab.page.evaluate(async () => {
    const status = window.lab.list.status.getSnapshot()
    if (status.state === 'attention') await status.resolve()
  })
  expect(await stored(tab, listId)).toEqual({})
  await tab.close()
  const later = await ben.open()
  await later.untilState('synced')
  expect(await stored(later, listId)).toEqual({})
})

it('[SDKA-2][SDKA-4] two tabs, and the browser dies as soon as the device has it: the list is gone from both, and stays gone at the next start without a network', async () => {
  const { ben, listId, open, remove } = await scene()
  const [tab, other] = [await open(), await open()]
  await tab.untilState('synced')
  await other.untilState('synced')
  await tab.add('Balloons')
  await other.untilTitles(['Balloons'])
  await remove()
  await Promise.all([untilEnded(tab), untilEnded(other)])
  expect([await tab.titles(), await other.titles()]).toEqual([[], []])
  await until(async () => 'ends' in (await stored(tab, listId)), {
    what: 'the end is noted',
    timeoutMs: 15_000,
  })
  await stage.killBrowser()
  // Without a network, and so without anybody to say it again.
  ben.goOffline()
  const later = await open({ token: null })
  await later.untilStatus({ state: 'attention', reason: 'access-revoked', message: WORDS })
  expect(await later.titles()).toEqual([])
  const isPurged = async () => Object.keys(await stored(later, listId)).join() === 'ends,lists'
  await until(isPurged, { what: 'the device holds nothing else', timeoutMs: 15_000 })
})
