import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { RawClient } from '../../support/raw-client.ts'

let items = 0

/** Adds an item as the SDK would, and returns its id. */
export function addItem(doc: Y.Doc, by: string, title: string): string {
  const id = `item-${String(++items).padStart(6, '0')}`
  doc.getMap('items').set(id, { by, at: 1_700_000_000_000, title, order: 'a0' })
  return id
}

export function titles(doc: Y.Doc): string[] {
  return [...doc.getMap('items').values()].map((item) => (item as { title: string }).title).sort()
}

export async function rawClient(node: { url: string }, listId: string, userId: string): Promise<RawClient> {
  const client = new RawClient({ url: node.url, token: userId, listId })
  await client.synced
  return client
}

export function stockSocket(node: { url: string }): HocuspocusProviderWebsocket {
  return new HocuspocusProviderWebsocket({
    url: node.url,
    WebSocketPolyfill: WebSocket,
    delay: 50,
    minDelay: 50,
  })
}

export interface StockClient {
  readonly document: Y.Doc
  readonly provider: HocuspocusProvider
  readonly denials: string[]
  readonly messages: string[]
}

/** A client of stock Hocuspocus that has never heard of Tandem. */
export function stockClient(
  socket: HocuspocusProviderWebsocket,
  listId: string,
  token: string,
  options: { readonly sessionAwareness?: boolean } = {},
): StockClient {
  const document = new Y.Doc()
  const denials: string[] = []
  const messages: string[] = []
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: listId,
    document,
    token,
    ...options,
    onAuthenticationFailed: ({ reason }) => void denials.push(reason),
    onStateless: ({ payload }) => void messages.push(payload),
  })
  provider.attach()
  return { document, provider, denials, messages }
}
