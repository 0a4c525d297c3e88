import { AS_IT_IS } from '../../../client-sdk/src/client/mine.ts'
import type { ClientError } from '../../../client-sdk/src/errors.ts'
import { type OpenList, openList } from '../../../client-sdk/src/list/list.ts'
import type { List } from '../../../client-sdk/src/list/types.ts'
import { createMemoryStorage, type MemoryStorage } from '../../../client-sdk/src/local/memory-storage.ts'
import { createMemoryTabs } from '../../../client-sdk/src/tabs/memory-relay.ts'
import type { TabRelay } from '../../../client-sdk/src/tabs/port.ts'
import { FakeServer } from './fake-server.ts'
import { type ManualEnvironment, manualEnvironment } from './manual-environment.ts'

export const LIST_ID = '00000000-0000-4000-8000-000000000001'
export const ME = 'u_me0000000000'

export interface Workbench {
  readonly list: List
  readonly open: OpenList
  readonly server: FakeServer
  readonly environment: ManualEnvironment
  readonly storage: MemoryStorage
  readonly errors: ClientError[]
  /** Lets microtasks and short timers of the SDK run. */
  settle(): Promise<void>
}

/** One list on one device, against a server in the test's hand. */
export async function workbench(
  o: {
    server?: FakeServer
    storage?: MemoryStorage
    environment?: ManualEnvironment
    tabs?: TabRelay
    authorId?: string
  } = {},
): Promise<Workbench> {
  const server = o.server ?? new FakeServer()
  const environment = o.environment ?? manualEnvironment()
  const storage = o.storage ?? createMemoryStorage()
  const errors: ClientError[] = []
  const open = openList({
    id: LIST_ID,
    environment,
    store: await storage.open(ME),
    link: server,
    tabs: o.tabs ?? createMemoryTabs().open(),
    tabId: `t${Math.floor(environment.random() * 1e9)}`,
    userId: () => ME,
    known: () => ({
      title: 'Groceries',
      role: 'editor',
      isRead: true,
      creating: false,
      syncedAt: null,
      collisionsUpTo: null,
      mine: AS_IT_IS,
      deviceFailure: null,
      authorId: o.authorId ?? null,
      end: null,
    }),
    isFirstAttempt: () => true,
    retryCreate: () => {},
    request: async () => ({ outcome: 'unreachable' as const, cause: null, status: null, retryAfterMs: null }),
    changed: () => {},
    locking: () => {},
    ended: () => {},
    readmitted: () => {},
    named: () => {},
    listsChanged: () => {},
    forget: (list) => list.erase(),
    closed: async () => {},
    onError: (error) => errors.push(error),
  })
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      environment.advance(250)
    }
  }
  await open.start()
  return { list: open.list, open, server, environment, storage, errors, settle }
}
