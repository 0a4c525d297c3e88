import {
  type Configuration,
  type Document,
  type Extension,
  Hocuspocus,
  type HookName,
  type HookPayloadByName,
  type onStoreDocumentPayload,
} from '@hocuspocus/server'
import type { RoomContext } from './access.ts'

type Handler = (payload: unknown) => unknown
type HookTable = Partial<Record<HookName, readonly Handler[]>>

export interface TandemHocuspocusOptions {
  readonly extensions: readonly Extension[]
  readonly configuration: Partial<Configuration<RoomContext>>
  hookFailed(hook: HookName, error: unknown): void
  /** A list could not be loaded; its document, if there was one already, is nobody's. */
  loadFailed(documentName: string): void
  /** Whether the debounced store of this document would do anything. */
  isStoreDue(document: Document): boolean
}

/**
 * What a rejection of each hook means. `contain`: Hocuspocus awaits nobody or treats the rejection as the end of the
 * process, of an unload or of a connection that is fine; the error goes to the log and the work goes on. `pass`: the
 * rejection is how the hook says no, and Hocuspocus has an answer for it.
 */
const ON_REJECTION: Record<HookName, 'contain' | 'pass'> = {
  onConfigure: 'contain',
  onListen: 'contain',
  onUpgrade: 'contain',
  onRequest: 'contain',
  onConnect: 'pass',
  onAuthenticate: 'pass',
  onTokenSync: 'pass',
  onCreateDocument: 'pass',
  onLoadDocument: 'pass',
  afterLoadDocument: 'pass',
  connected: 'contain',
  beforeHandleMessage: 'pass',
  beforeSync: 'pass',
  beforeHandleAwareness: 'pass',
  afterHandleMessage: 'contain',
  onChange: 'contain',
  onAwarenessUpdate: 'contain',
  onStateless: 'contain',
  beforeBroadcastStateless: 'contain',
  onStoreDocument: 'pass',
  afterStoreDocument: 'contain',
  onDisconnect: 'contain',
  beforeUnloadDocument: 'contain',
  afterUnloadDocument: 'contain',
  onDestroy: 'contain',
}

/**
 * Hocuspocus with hooks that cannot end the process.
 *
 * Two things differ from the original. Hooks run from a table made once, without a chain of promises for hooks nobody
 * has, and every rejection is counted and judged by `ON_REJECTION`. And an edit schedules a store only when there is
 * something to store: the log already holds every edit.
 */
export class TandemHocuspocus extends Hocuspocus<RoomContext> {
  private readonly table: HookTable
  private readonly options: TandemHocuspocusOptions

  constructor(options: TandemHocuspocusOptions) {
    // Hocuspocus sorts and extends the array it is given, so it gets its own.
    super({ ...options.configuration, extensions: [] })
    this.options = options
    this.table = tableOf(options.extensions)
    void this.hooks('onConfigure', { configuration: this.configuration, version: '', instance: this })
  }

  override hooks<T extends HookName>(
    name: T,
    payload: HookPayloadByName<RoomContext>[T],
    // biome-ignore lint/complexity/noBannedTypes: the signature is Hocuspocus' own.
    callback: Function | null = null,
  ): Promise<unknown> {
    // The original constructor calls this before our fields exist.
    const handlers = (this.table as HookTable | undefined)?.[name]
    if (handlers === undefined) return NOTHING
    return this.run(name, handlers, payload, callback)
  }

  override storeDocumentHooks(document: Document, payload: onStoreDocumentPayload, immediately?: boolean) {
    if (!this.options.isStoreDue(document)) return NOTHING as Promise<undefined>
    return super.storeDocumentHooks(document, payload, immediately)
  }

  override async loadDocument(
    ...args: Parameters<Hocuspocus<RoomContext>['loadDocument']>
  ): Promise<Document> {
    try {
      return await super.loadDocument(...args)
    } catch (error) {
      this.options.loadFailed(args[0])
      throw error
    }
  }

  /** Hocuspocus goes by the name alone: it would forget the newer document of a list whose older one is left behind. */
  override async unloadDocument(document: Document): Promise<void> {
    if (this.documents.get(document.name) === document) await super.unloadDocument(document)
  }

  /** Three hooks run for every frame: without a promise as long as no handler returns one. */
  private run(
    name: HookName,
    handlers: readonly Handler[],
    payload: unknown,
    // biome-ignore lint/complexity/noBannedTypes: the signature is Hocuspocus' own.
    callback: Function | null,
  ): Promise<unknown> {
    for (const [index, handler] of handlers.entries()) {
      try {
        const returned = handler(payload)
        if (returned instanceof Promise) {
          return this.runRest(name, { returned, rest: handlers.slice(index + 1) }, payload, callback)
        }
        callback?.(returned)
      } catch (error) {
        this.options.hookFailed(name, error)
        if (ON_REJECTION[name] === 'pass') return Promise.reject(error)
      }
    }
    return NOTHING
  }

  private async runRest(
    name: HookName,
    { returned, rest }: { returned: Promise<unknown>; rest: readonly Handler[] },
    payload: unknown,
    // biome-ignore lint/complexity/noBannedTypes: the signature is Hocuspocus' own.
    callback: Function | null,
  ): Promise<unknown> {
    try {
      const result = await returned
      callback?.(result)
    } catch (error) {
      this.options.hookFailed(name, error)
      if (ON_REJECTION[name] === 'pass') throw error
    }
    return rest.length === 0 ? undefined : this.run(name, rest, payload, callback)
  }
}

const NOTHING: Promise<unknown> = Promise.resolve()

/** Higher priority first, as in Hocuspocus; the order given decides among equals. */
function tableOf(extensions: readonly Extension[]): HookTable {
  const ordered = [...extensions].sort((a, b) => (b.priority ?? 100) - (a.priority ?? 100))
  const table: HookTable = {}
  for (const name of Object.keys(ON_REJECTION) as HookName[]) {
    const handlers = ordered.flatMap((extension) => {
      const hook = extension[name] as Handler | undefined
      return hook === undefined ? [] : [hook.bind(extension)]
    })
    if (handlers.length > 0) table[name] = handlers
  }
  return table
}
