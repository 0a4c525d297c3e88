import { afterEach, describe, expect, it } from 'vitest'
import { createLink } from '../../../client-sdk/src/connection/link.ts'
import type { Link } from '../../../client-sdk/src/connection/port.ts'
import { createEnvironment } from '../../../client-sdk/src/environment.ts'
import { until } from '../../support/until.ts'
import { type StockServer, stockServer } from './hocuspocus-server.ts'
import { TestHost } from './test-host.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function serve(...args: Parameters<typeof stockServer>): Promise<StockServer> {
  const server = await stockServer(...args)
  cleanups.push(() => server.close())
  return server
}

function linkTo(url: string): Link {
  const link = createLink({ url, getToken: () => 'token', environment: createEnvironment() })
  cleanups.push(() => link.close())
  return link
}

function openOn(link: Link, listId: string): TestHost {
  const host = new TestHost()
  cleanups.push(() => host.destroy())
  host.channel = link.open(listId, host)
  return host
}

describe('one list on a stock Hocuspocus', () => {
  it('[LINK-1][E-12] both sides have what the other had once the list is live', async () => {
    const server = await serve()
    const ann = openOn(linkTo(server.url), 'list-1')
    ann.write('milk')
    await until(() => ann.state === 'live' && ann.ackedUpTo === 1)
    const bob = openOn(linkTo(server.url), 'list-1')
    await until(() => bob.state === 'live')
    expect(bob.keys()).toEqual(['milk'])
    expect(bob.completed).toBe(1)
    bob.write('bread')
    await until(() => ann.keys().includes('bread'))
    await until(() => bob.ackedUpTo === 1)
  })
})
