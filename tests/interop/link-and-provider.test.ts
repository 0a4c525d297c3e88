import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { afterEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { until } from '../support/until.ts'
import { RealWorld } from '../unit/connection/real-client.ts'

const world = new RealWorld()
afterEach(() => world.end())

it('[PROTO-5][E-12] our link and the stock provider share a list and see each other on a stock Hocuspocus', async () => {
  const server = await world.server()
  const ours = world.open(world.link(server.url), 'list-1')
  ours.write('from the link')
  const document = new Y.Doc()
  const websocketProvider = new HocuspocusProviderWebsocket({ url: server.url })
  const provider = new HocuspocusProvider({ websocketProvider, name: 'list-1', document, token: 'token' })
  provider.attach()
  try {
    await until(() => document.getMap('items').has('from the link'))
    document.getMap('items').set('from the provider', true)
    await until(() => ours.keys().includes('from the provider'))
    await until(() => !provider.hasUnsyncedChanges && ours.ackedUpTo === 1)
    provider.setAwarenessField('name', 'Stock')
    ours.presence.setLocalStateField('name', 'Ours')
    const names = (states: Map<number, Record<string, unknown>> | undefined): unknown[] =>
      [...(states?.values() ?? [])].map((state) => state['name']).sort()
    await until(() => names(provider.awareness?.getStates()).join() === 'Ours,Stock')
    await until(() => names(ours.presence.getStates()).join() === 'Ours,Stock')
  } finally {
    provider.destroy()
    websocketProvider.destroy()
  }
  expect(server.accepted).toBe(2)
})
