import { createApi } from './client/api.ts'
import { Catalog } from './client/catalog.ts'
import { createEverywhere, type Everywhere } from './client/everywhere.ts'
import { lateStore } from './client/late-store.ts'
import { lateTabs } from './client/late-tabs.ts'
import { createLeftBehind } from './client/left-behind.ts'
import { createListsNews } from './client/lists-news.ts'
import { checkMine } from './client/mine.ts'
import { createRequest } from './client/request.ts'
import { Rest } from './client/rest.ts'
import { Shelf } from './client/shelf.ts'
import { newUuid } from './client/uuid.ts'
import { browserPage } from './client/wakeups.ts'
import { Who } from './client/who.ts'
import { createLink } from './connection/link.ts'
import type { Environment } from './connection/port.ts'
import { createEnvironment } from './environment.ts'
import { ClientError } from './errors.ts'
import { asFile } from './list/report.ts'
import type { List } from './list/types.ts'
import { createIndexedDbStorage } from './local/indexeddb-storage.ts'
import { createMemoryStorage } from './local/memory-storage.ts'
import { checkField } from './model/schema.ts'
import { createExchange } from './polling/exchange.ts'
import { createFallback } from './polling/fallback.ts'
import { failedWrite } from './replica/edit.ts'
import { createClientSharing } from './sharing/client-sharing.ts'
import { createBroadcastRelay } from './tabs/broadcast-relay.ts'
import { shareSockets } from './tabs/share-sockets.ts'
import { webSharing } from './tabs/web-sharing.ts'
import type { Client, ClientOptions, Lists, StorageAdapter, Write } from './types.ts'

/** A device that could not be read may be readable again. */
const DEVICE_RETRY_MS = 5_000

/**
 * Connects an app to a server and to this device's copy of the person's lists.
 *
 * Returns at once and never throws for lack of network or storage: what is wrong shows in `status`. Throws `invalid` for
 * options that cannot work. One client per person and page; close it when the page is done with it.
 */
export function createClient(options: ClientOptions): Client {
  const url = options.url.replace(/\/+$/, '')
  const page = options.page ?? browserPage
  const environment = environmentOf(options)
  const { adapter, isShared } = storageOf(options, url)
  const onError = (error: ClientError): void => options.onError?.(error)
  const who = new Who({ token: options.token, getToken: options.getToken, adapter, environment, onError })
  const store = lateStore(() => who.known.then(({ userId }) => adapter.open(userId)))
  const tabs = lateTabs()
  const fetchIt = options.fetch ?? globalThis.fetch
  const shared = shareSockets({
    environment,
    sharing: options.sharing === undefined && isShared ? webSharing() : (options.sharing ?? null),
    whose: () => (who.id === null ? null : `${url} ${who.id}`),
  })
  const fallback = createFallback({ url, fetch: fetchIt, environment: shared.environment })
  const link = createLink({
    url: `${url.replace(/^http/, 'ws')}/sync`,
    getToken: (why) => who.tokens.get(why),
    environment: fallback.environment,
    onError: (cause) => onError(new ClientError('network', undefined, { cause })),
  })
  const request = createRequest({
    url,
    fetch: fetchIt,
    token: (why) => who.tokens.get(why),
    setTimer: environment.setTimer,
  })
  const api = createApi(request)
  const catalog: Catalog = new Catalog({
    store,
    api,
    environment,
    titleNow: (id) => shelf.titleOf(id),
    changed: (id) => shelf.knownChanged(id),
    endOf: (id) => shelf.endOf(id),
    doubt: (id) => shelf.doubt(id),
    refreshed: () => everywhere.refreshed(),
    onError,
  })
  const shelf: Shelf = new Shelf({
    environment,
    store,
    link,
    request,
    tabs,
    tabId: Math.floor(environment.random() * 2 ** 48).toString(36),
    userId: () => who.id,
    catalog,
    listsChanged: () => news.soon(),
    face: (id) => everywhere.face(id),
    named: (id, names) => everywhere.named(id, names),
    noted: (id, open) => everywhere.noted(id, open),
    closing: (id, open) => everywhere.closing(id, open),
    onError,
  })
  const everywhere: Everywhere = createEverywhere({
    environment,
    store,
    catalog,
    shelf,
    tabs,
    userId: () => who.id,
    request,
    page,
    token: () => who.tokens.get('start'),
    exchange: createExchange({ url, fetch: fetchIt, setTimer: environment.setTimer }),
    keepAhead: options.keepAhead ?? isShared,
  })
  /** Also of a tab that is gone, and of a list that this one never had open. */
  const sendLeftovers = (): void => {
    if (closed || !catalog.isRead) return
    // A device that fails says so where something is to be stored.
    shelf.sendLeftovers().catch(() => undefined)
  }
  const leftBehind = createLeftBehind(environment, sendLeftovers)
  tabs.subscribe((message) => {
    leftBehind.heard(message)
    if (message.type === 'mine') catalog.arranged(message.listId, message.mine)
    // Lists that are open here hear of it themselves; these are the others.
    if (message.type === 'ended' && catalog.ids().includes(message.listId)) {
      catalog.ended(message.listId, message.end)
    }
    if (message.type === 'readmitted') catalog.readmitted(message.listId)
    if (message.type === 'forgotten') shelf.forgotten(message.listId)
  })
  const news = createListsNews({
    environment,
    refresh: async () => {
      if (!rest.isResting) await catalog.refresh()
    },
    hearsOfChanges: () => link.state.state === 'open',
  })
  const wake = (): void => {
    void who.find()
    link.resume()
    fallback.wake()
    catalog.createAll()
    sendLeftovers()
    news.soon()
  }
  const rest: Rest = new Rest({
    environment,
    page,
    mustSend: () => shelf.mustSend(),
    rest: () => link.rest(),
    wake,
  })
  const stopLooking = shelf.overview.onChange(() => rest.look())
  link.subscribe((state) => {
    shelf.linkChanged()
    if (state.state !== 'open') return
    catalog.createAll()
    news.soon()
  })

  /** Tried until it works: what waits on the device must not wait for the next page load as well. */
  const readDevice = async (): Promise<void> => {
    try {
      await Promise.all([catalog.load(), everywhere.load()])
      if (!closed) await shelf.sendLeftovers()
    } catch (cause) {
      onError(new ClientError('storage-failed', undefined, { cause }))
      if (!closed) cancelReading = environment.setTimer(() => void readDevice(), DEVICE_RETRY_MS)
    }
  }
  const start = async (): Promise<void> => {
    void who.find()
    const { userId } = await who.known
    if (closed) return
    tabs.attach(options.tabs ?? (isShared ? createBroadcastRelay({ serverUrl: url, userId }) : lateTabs()))
    await readDevice()
    if (closed) return
    shelf.knownChanged(null)
    news.start()
  }
  let cancelReading = (): void => {}
  let closed = false
  const started = start().catch((cause: unknown) =>
    onError(new ClientError('storage-failed', undefined, { cause })),
  )

  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    rest.close()
    stopLooking()
    cancelReading()
    leftBehind.close()
    news.close()
    who.close()
    everywhere.close()
    const shut = shelf.close()
    catalog.close()
    link.close()
    fallback.close()
    shared.close()
    // The device may take its time. Other tabs are told of what it has taken, so they go last. Nobody's device is never opened.
    if (who.id !== null) await shut
    else shut.catch((cause: unknown) => onError(new ClientError('storage-failed', undefined, { cause })))
    tabs.close()
    // Never opened, or open and now closed: either way nothing is left to wait for.
    if (who.id !== null) await store.close().catch(() => {})
  }

  const { redeem, lookAtLink, ...sharing } = createClientSharing({
    request,
    refresh: () => catalog.refresh(),
    open: (id) => shelf.open(id),
    forget: (id) => shelf.forget(id),
    hasUnsaved: (id) => shelf.hasUnsaved(id),
  })
  const lists: Lists = {
    ...news.watched(shelf.overview.lists),
    create: ({ title, id = newUuid() }): Write<List> => {
      const problem = checkField('list', 'title', title)
      if (problem !== null) throw new ClientError('invalid', problem)
      if (shelf.isClosed) return failedWrite(shelf.open(id), new ClientError('closed'))
      if (who.id === null) throw new ClientError('auth-expired', 'Nobody is signed in yet.')
      return { ...catalog.create(id, title), value: shelf.open(id) }
    },
    open: (id) => shelf.open(id),
    mine: (id, change): Write => {
      const problem = checkMine(change)
      if (problem !== null) throw new ClientError('invalid', problem)
      // A list may be open, and known by what the server said on its channel, before the catalog has heard of it.
      shelf.note(id)
      const done = catalog.arrange(id, change)
      if (done === null) {
        const error = new ClientError('not-found', 'There is no such list on this device.')
        onError(error)
        return failedWrite(undefined, error)
      }
      tabs.post({ type: 'mine', listId: id, mine: done.mine })
      return { value: undefined, stored: done.stored, confirmed: done.stored }
    },
    refresh: () => catalog.refresh(),
    ...sharing,
  }

  return {
    user: who.user,
    status: shelf.overview.status,
    lists,
    redeem,
    lookAtLink,
    reconnect: () => rest.acted(),
    exportPending: () => asFile({ lists: shelf.waiting() }),
    items: (view) => everywhere.items(view),
    names: everywhere.names,
    flush: async ({ timeoutMs = 10_000 } = {}) => {
      // Nobody has signed in, so nobody has written anything.
      if (who.id === null) return true
      await started
      return shelf.flush(timeoutMs)
    },
    signOut: async ({ discardPending = false } = {}) => {
      if (who.id === null) return close()
      await started
      // Looked at once more at the end: people go on typing while the device is read.
      const waits =
        !discardPending && (shelf.hasPending() || (await shelf.waitsOnDevice()) || shelf.hasPending())
      if (waits) throw new ClientError('pending')
      // In the same tick as that look; from here on every edit is refused, so none is destroyed that was taken.
      everywhere.close()
      await shelf.close()
      // Each of them, whatever becomes of the other.
      const done = await Promise.allSettled([store.destroy(), adapter.setLastIdentity(null)])
      who.forget()
      await close()
      const failed = done.find((one) => one.status === 'rejected')
      if (failed !== undefined) throw new ClientError('storage-failed', undefined, { cause: failed.reason })
    },
    close,
  }
}

function environmentOf(options: ClientOptions): Environment {
  const environment = options.environment ?? createEnvironment()
  const { openSocket } = options
  return openSocket === undefined ? environment : { ...environment, openSocket }
}

/** `isShared`: other tabs of this browser see the same storage, so they must also hear of each other. */
function storageOf(options: ClientOptions, url: string): { adapter: StorageAdapter; isShared: boolean } {
  const { storage = typeof indexedDB === 'undefined' ? 'memory' : 'indexeddb' } = options
  if (storage === 'memory') return { adapter: createMemoryStorage(), isShared: false }
  if (storage === 'indexeddb') return { adapter: createIndexedDbStorage({ serverUrl: url }), isShared: true }
  return { adapter: storage, isShared: false }
}
