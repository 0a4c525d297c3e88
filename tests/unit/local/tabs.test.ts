import { afterEach, describe, expect, it } from 'vitest'
import { createBroadcastRelay } from '../../../client-sdk/src/tabs/broadcast-relay.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import { parseTabMessage } from '../../../client-sdk/src/tabs/parse-tab-message.ts'
import type { TabMessage, TabRelay } from '../../../client-sdk/src/tabs/port.ts'
import { until } from '../../support/until.ts'

const MESSAGES: readonly TabMessage[] = [
  { type: 'update', listId: 'l1', update: new Uint8Array([1, 2]), pendingKey: null },
  {
    type: 'update',
    listId: 'l1',
    update: new Uint8Array([3]),
    pendingKey: 7,
    changes: [{ type: 'put', root: 'items', key: 'k', value: 1 }],
    label: 'Add milk',
  },
  { type: 'confirmed', listId: 'l1', keys: [7, 8] },
  { type: 'refused', listId: 'l1', keys: [9] },
  { type: 'inbox', listId: 'l1' },
  { type: 'rebased', listId: 'l2' },
  { type: 'mine', listId: 'l2', mine: { pinned: true, folder: null, sort: 'due', muted: false } },
]

const open: TabRelay[] = []
afterEach(() => {
  for (const relay of open.splice(0)) relay.close()
})

const relays: Record<string, () => (userId?: string) => TabRelay> = {
  memory: () => {
    const browsers = new Map<string, ReturnType<typeof createMemoryTabs>>()
    return (userId = 'ann') => {
      const tabs = browsers.get(userId) ?? createMemoryTabs()
      browsers.set(userId, tabs)
      return tabs.open()
    }
  },
  BroadcastChannel: () => {
    const serverUrl = `https://${Math.random()}.example`
    return (userId = 'ann') => createBroadcastRelay({ serverUrl, userId })
  },
}

describe.each(Object.entries(relays))('tabs over %s', (_name, browser) => {
  const tab = (make: (userId?: string) => TabRelay, userId?: string) => {
    const relay = make(userId)
    open.push(relay)
    const heard: TabMessage[] = []
    relay.subscribe((message) => heard.push(message))
    return { relay, heard }
  }

  it('[LOCAL-5] every other tab hears each message once, in order; the sender hears nothing', async () => {
    const make = browser()
    const [one, two, three] = [tab(make), tab(make), tab(make)]
    for (const message of MESSAGES) one.relay.post(message)
    await until(() => two.heard.length >= MESSAGES.length && three.heard.length >= MESSAGES.length)
    expect(two.heard).toEqual(MESSAGES)
    expect(three.heard).toEqual(MESSAGES)
    expect(one.heard).toEqual([])
  })

  it('[LOCAL-5] a closed tab neither hears nor speaks, and another person hears nothing', async () => {
    const make = browser()
    const [one, two, gone, other] = [tab(make), tab(make), tab(make), tab(make, 'bob')]
    gone.relay.close()
    gone.relay.post({ type: 'inbox', listId: 'from-the-grave' })
    one.relay.post({ type: 'inbox', listId: 'l1' })
    await until(() => two.heard.length === 1)
    expect(two.heard).toEqual([{ type: 'inbox', listId: 'l1' }])
    expect([gone.heard, other.heard, one.heard]).toEqual([[], [], []])
  })
})

describe('messages between tabs', () => {
  it('[LOCAL-5][B-20] what another version of the app says is ignored', () => {
    for (const raw of [
      null,
      'inbox',
      {},
      { type: 'inbox' },
      { type: 'unheard-of', listId: 'l1' },
      { type: 'confirmed', listId: 'l1', keys: ['7'] },
      { type: 'update', listId: 'l1', update: [1], pendingKey: null },
      { type: 'update', listId: 'l1', update: new Uint8Array(), pendingKey: 'x' },
    ]) {
      expect(parseTabMessage(raw)).toBeNull()
    }
    for (const message of MESSAGES) expect(parseTabMessage({ ...message, extra: 1 })).toEqual(message)
  })

  it('[LOCAL-5] a browser that forbids channels between tabs is not an error', () => {
    const relay = createBroadcastRelay({
      serverUrl: 'https://lists.example',
      userId: 'ann',
      open: () => {
        throw new DOMException('opaque origin', 'SecurityError')
      },
    })
    relay.post({ type: 'inbox', listId: 'l1' })
    relay.close()
  })

  it('[LOCAL-5] a channel that the browser takes away does not throw into the edit that is being told', () => {
    const relay = createBroadcastRelay({
      serverUrl: 'https://lists.example',
      userId: 'ann',
      open: () => ({
        onmessage: null,
        close: () => {},
        postMessage: () => {
          throw new DOMException('gone', 'InvalidStateError')
        },
      }),
    })
    relay.post({ type: 'inbox', listId: 'l1' })
    relay.close()
  })
})
