import type { ListId, NewUpdate, Storage } from '@tandem/persistence'
import type { Clock } from './clock.ts'
import type { Logger } from './telemetry/logger.ts'

/** Somebody who types a title sends many; the overview needs the last one. */
const SETTLE_MS = 200
const RETRY_MS = 5_000

export interface TitleFollower {
  /** The same storage, watched for renames. */
  readonly storage: Storage
  /** How a list's current title is read from its document; set once, before the first edit. */
  readWith(read: (listId: ListId) => Promise<string | null>): void
  /** Writes what is still waiting. */
  flush(): Promise<void>
}

/**
 * Keeps the directory's copy of each list's title equal to the one in the list's document.
 *
 * The operation alone does not say which title stands: of two renames at the same time the later in the log may be the
 * one that loses. So it only says that it is time to look, and what to write if looking is not possible any more.
 */
export function followTitles(storage: Storage, deps: { clock: Clock; logger: Logger }): TitleFollower {
  const { clock, logger } = deps
  const renamed = new Map<ListId, string>()
  let read: (listId: ListId) => Promise<string | null> = async () => null
  let isWaiting = false

  function wait(delayMs: number): void {
    if (isWaiting) return
    isWaiting = true
    clock.setTimer(() => {
      isWaiting = false
      // Supervised: writeAll handles each failure itself.
      void writeAll()
    }, delayMs)
  }

  async function writeAll(): Promise<void> {
    for (const [listId, written] of [...renamed]) {
      renamed.delete(listId)
      try {
        await storage.directory.setTitle(listId, (await read(listId)) ?? written)
      } catch (error) {
        logger.warn({ list: listId, error }, 'list.title-failed')
        if (!renamed.has(listId)) renamed.set(listId, written)
        wait(RETRY_MS)
      }
    }
  }

  async function append(update: NewUpdate) {
    const appended = await storage.log.append(update)
    const title = titleIn(update.ops)
    if (title !== null) {
      renamed.set(update.listId, title)
      wait(SETTLE_MS)
    }
    return appended
  }

  return {
    storage: { ...storage, log: { ...storage.log, append } },
    readWith(reader) {
      read = reader
    },
    async flush() {
      read = async () => null
      await writeAll()
    },
  }
}

/** The title an update gave its list, if it gave one. */
function titleIn(ops: readonly unknown[]): string | null {
  let title: string | null = null
  for (const op of ops as readonly { op?: unknown; kind?: unknown; field?: unknown; to?: unknown }[]) {
    const isTitle = op.op === 'set' && op.kind === 'list' && op.field === 'title'
    if (isTitle && typeof op.to === 'string') title = op.to
  }
  return title
}
