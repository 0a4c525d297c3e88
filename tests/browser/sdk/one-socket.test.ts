import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../../support/until.ts'
import type {} from './page/lab.ts'
import { logOf } from './postgres-log.ts'
import { type Device, useStage } from './stage.ts'
import type { Tab } from './tab.ts'

const stage = useStage('lab.ts')
const EDITS = 40
const watchers: { destroy(): void }[] = []

afterEach(() => {
  for (const watcher of watchers.splice(0)) watcher.destroy()
})

/** Open sockets, as the server counts them. */
async function sockets(): Promise<number> {
  const text = await (await fetch(`${stage.server.url}/metrics`)).text()
  return Number(/^tandem_sockets (\d+)$/m.exec(text)?.[1])
}

/** Looks at a list from outside; `tabs` is how many of this person's the server shows. Has a socket of its own. */
function watch(anna: Device): { tabs(): number } {
  const socket = new HocuspocusProviderWebsocket({
    url: `${stage.server.wsUrl}/sync`,
    WebSocketPolyfill: WebSocket,
  })
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: anna.listId,
    token: anna.person.token,
  })
  provider.attach()
  watchers.push(provider, socket)
  const own = provider.document.clientID
  return {
    tabs: () => {
      const states = [...(provider.awareness?.getStates() ?? [])]
      return states.filter(([id, { user }]) => id !== own && user?.id === anna.person.userId).length
    },
  }
}

const OF_WATCHER = 1

async function untilOne(what: string): Promise<void> {
  await until(async () => (await sockets()) === 1 + OF_WATCHER, { what, timeoutMs: 20_000 })
}

/** Whether this tab has the socket. */
function hasSocket(tab: Tab): Promise<boolean> {
  return tab.page.evaluate(() => {
    const mine = `probe ${Math.random()}`
    return navigator.locks.request(mine, async () => {
      const { held = [] } = await navigator.locks.query()
      const me = held.find(({ name }) => name === mine)?.clientId
      return held.some(({ name, clientId }) => name?.startsWith('tandem-socket ') === true && clientId === me)
    })
  })
}

async function split(tabs: readonly Tab[]): Promise<{ leader: Tab; others: Tab[] }> {
  const has = await Promise.all(tabs.map(hasSocket))
  expect(has.filter(Boolean)).toHaveLength(1)
  const leader = tabs[has.indexOf(true)]
  if (leader === undefined) throw new Error('nobody has the socket')
  return { leader, others: tabs.filter((tab) => tab !== leader) }
}

/** Nothing runs in the page until the returned function is called; its sockets, locks and lines stay as they are. */
async function freeze(tab: Tab, before = ''): Promise<() => Promise<void>> {
  await tab.devtools.send('Debugger.enable')
  const paused = new Promise((resolve) => tab.devtools.once('Debugger.paused', resolve))
  const over = tab.page.evaluate(`${before}; debugger`)
  await paused
  return async () => {
    await tab.devtools.send('Debugger.resume')
    await over
    await tab.devtools.send('Debugger.disable')
  }
}

/** Twenty a second; resolves when all are made. */
function write(tab: Tab, name: string): Promise<void> {
  return tab.page.evaluate(
    async ({ name, count }) => {
      for (let i = 0; i < count; i++) {
        window.lab.list.items.add(`${name} ${i}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    { name, count: EDITS },
  )
}

const written = (name: string): string[] => Array.from({ length: EDITS }, (_, i) => `${name} ${i}`)

async function expectSaved(anna: Device, ...names: string[]): Promise<void> {
  const { items } = await logOf(stage.databaseUrl, anna.listId)
  const titles = new Set(items.map(({ title }) => title))
  expect(names.flatMap(written).filter((title) => !titles.has(title))).toEqual([])
}

it('[TABS-1][TABS-3][TABS-4] three tabs have one socket; each writes twenty edits a second while its tab is closed, then the next one’s crashes: all is saved, nobody is seen who has gone', {
  timeout: 120_000,
}, async () => {
  const anna = await stage.device()
  const watcher = watch(anna)
  const tabs = [await anna.open(), await anna.open(), await anna.open()]
  for (const tab of tabs) await tab.untilState('synced')
  await untilOne('one socket of three tabs')
  await until(() => watcher.tabs() === 3, { what: 'three tabs at the list' })

  const first = await split(tabs)
  const [a, b] = first.others as [Tab, Tab]
  await write(first.leader, 'Alone')
  const writing = [write(a, 'A'), write(b, 'B')]
  await first.leader.close()
  await Promise.all(writing)
  for (const tab of [a, b]) await tab.untilState('synced')
  await untilOne('one socket of two tabs')
  await until(() => watcher.tabs() === 2, { what: 'two tabs at the list' })
  await expectSaved(anna, 'Alone', 'A', 'B')

  const second = await split([a, b])
  const [last] = second.others as [Tab]
  const more = write(last, 'Last')
  const crashed = second.leader.page.waitForEvent('crash')
  // Never answered: there is nobody left to.
  void second.leader.devtools.send('Page.crash').catch(() => undefined)
  await crashed
  await more
  await last.untilState('synced')
  await untilOne('one socket of one tab')
  await until(() => watcher.tabs() === 1, { what: 'one tab at the list' })
  await expectSaved(anna, 'Last')
  expect(await hasSocket(last)).toBe(true)
})

it('[TABS-5] the tab with the socket cannot run, or is frozen by the browser: the other goes on within seconds, and both have one again when it wakes', {
  timeout: 120_000,
}, async () => {
  const anna = await stage.device()
  const watcher = watch(anna)
  const tabs = [await anna.open(), await anna.open()]
  for (const tab of tabs) await tab.untilState('synced')
  const { leader, others } = await split(tabs)
  const [other] = others as [Tab]

  const wake = await freeze(leader)
  await other.add('While it cannot run')
  await until(() => hasSocket(other), { what: 'the socket in the tab that waits for it', timeoutMs: 30_000 })
  await other.untilState('synced')
  await wake()
  await leader.untilState('synced')
  await untilOne('one socket after it came to itself')
  await until(() => watcher.tabs() === 2, { what: 'two tabs at the list' })

  // As browsers do it: they say so, and nothing runs from then on.
  const thaw = await freeze(other, "document.dispatchEvent(new Event('freeze'))")
  await until(() => hasSocket(leader), { what: 'the socket without anybody asking for it' })
  await leader.add('While it is frozen')
  await leader.untilState('synced')
  await untilOne('one socket while one is frozen')
  await until(() => watcher.tabs() === 1, { what: 'one tab at the list' })
  await thaw()
  await other.untilState('synced')
  await other.untilTitles(['While it cannot run', 'While it is frozen'])
  await untilOne('one socket of both')
  await until(() => watcher.tabs() === 2, { what: 'both tabs at the list' })
  expect(await hasSocket(leader)).toBe(true)
})

it('[TABS-2][TABS-3] the network goes and comes, a token is refused, and one signs out: the others have one socket and go on', {
  timeout: 120_000,
}, async () => {
  const anna = await stage.device()
  const watcher = watch(anna)
  const tabs = [await anna.open(), await anna.open()]
  for (const tab of tabs) await tab.untilState('synced')
  anna.goOffline()
  for (const tab of tabs) await tab.untilState('offline')
  for (const [i, tab] of tabs.entries()) await tab.add(`Offline ${i}`)
  anna.goOnline()
  for (const tab of tabs) await tab.untilStatus({ state: 'synced' }, { timeoutMs: 30_000 })
  await untilOne('one socket after the network')

  const forged = `${anna.person.token.slice(0, anna.person.token.lastIndexOf('.'))}.${'A'.repeat(43)}`
  const stranger = await anna.open({ token: forged })
  await stranger.untilStatus({ state: 'attention', reason: 'auth-expired' })
  for (const tab of tabs) expect(await tab.status()).toMatchObject({ state: 'synced' })
  await stranger.close()

  const { leader, others } = await split(tabs)
  const [other] = others as [Tab]
  const signedOut = await leader.page.evaluate(() =>
    window.lab.client.signOut().then(
      () => 'signed out',
      (error: { code: string }) => error.code,
    ),
  )
  expect(signedOut).toBe('signed out')
  await until(() => watcher.tabs() === 1, { what: 'one tab at the list' })
  await untilOne('one socket of the other')
  await other.add('After the other signed out')
  await until(
    async () => {
      const { items } = await logOf(stage.databaseUrl, anna.listId)
      return items.some(({ title }) => title === 'After the other signed out')
    },
    { what: 'the edit in PostgreSQL' },
  )
  const { items } = await logOf(stage.databaseUrl, anna.listId)
  expect(items.map(({ title }) => title).sort()).toEqual([
    'After the other signed out',
    'Offline 0',
    'Offline 1',
  ])
})
