import { isStorageError, type ListId, type NewUpdate, type Seq, type Storage } from '@tandem/persistence'
import type { Clock } from './clock.ts'
import type { Logger } from './telemetry/logger.ts'

/** Somebody who types a title sends many; the overview needs the last one. */
const SETTLE_MS = 200
const RETRY_MS = 5_000

/** A list's title in a document that holds everything up to `upTo`. */
export interface TitleAt {
  readonly title: string | null
  readonly upTo: Seq
}

export interface TitleFollower {
  /** The same storage, watched for renames. */
  readonly storage: Storage
  /** How a list's current title is read from its document; set once, before the first edit. */
  readWith(read: (listId: ListId) => Promise<TitleAt>): void
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
  const waiting = new Map<ListId, Rename>()
  let read: (listId: ListId) => Promise<TitleAt | null> = async () => null
  let isWaiting = false
  let writing: Promise<void> = Promise.resolve()

  function wait(delayMs: number): void {
    if (isWaiting) return
    isWaiting = true
    clock.setTimer(() => {
      isWaiting = false
      writing = writing.then(writeAll)
    }, delayMs)
  }

  /** Never rejects. */
  async function writeAll(): Promise<void> {
    for (const [listId, rename] of [...waiting]) {
      waiting.delete(listId)
      try {
        const found = rename.isCertain ? null : await read(listId)
        if (found !== null && found.upTo < rename.seq) {
          // Committed, and not yet in the document: what stands there is the title before.
          if (!waiting.has(listId)) waiting.set(listId, rename)
          wait(SETTLE_MS)
          continue
        }
        await storage.directory.setTitle(listId, found?.title ?? rename.title)
      } catch (error) {
        // It is tried again until it works; an outage is said once, elsewhere.
        if (isStorageError(error, 'storage-unreachable'))
          logger.debug({ list: listId, error }, 'list.title-failed')
        else logger.warn({ list: listId, error }, 'list.title-failed')
        if (!waiting.has(listId)) waiting.set(listId, rename)
        wait(RETRY_MS)
      }
    }
  }

  async function append(update: NewUpdate) {
    const appended = await storage.log.append(update)
    const rename = renameIn(update.ops)
    if (rename !== null) {
      const isCertain = rename.isCertain && !waiting.has(update.listId)
      waiting.set(update.listId, { ...rename, isCertain, seq: appended.seq })
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
      // No document can be read any more when this is called.
      read = async () => null
      writing = writing.then(writeAll)
      await writing
    },
  }
}

interface Rename {
  readonly title: string
  /** The first title of a list has nothing it could lose against. */
  readonly isCertain: boolean
  /** Where it stands in the log. */
  readonly seq: Seq
}

function renameIn(ops: readonly unknown[]): Omit<Rename, 'seq'> | null {
  let rename: Omit<Rename, 'seq'> | null = null
  for (const op of ops) {
    // The row is committed when this is asked: whatever stands in it, looking must not make the append fail.
    const { op: name, kind, field, from, to } = Object(op) as Readonly<Record<string, unknown>>
    if (name !== 'set' || kind !== 'list' || field !== 'title' || typeof to !== 'string') continue
    rename = { title: to, isCertain: from === null }
  }
  return rename
}
