import { type Client, holdList, type Id, withList } from '@tandem/client-sdk'
import { type Content, type Imported, importInto } from '@tandem/client-sdk/exchange'

export interface Job {
  readonly client: Client
  readonly content: Content
  /** Null: a new list of this title. */
  readonly listId: Id | null
  readonly title: string
  readonly signal: AbortSignal
  readonly onProgress: (added: number) => void
}

export interface JobDone {
  readonly listId: Id
  readonly outcome: Imported
}

const SAVED_WITHIN_MS = 120_000

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Brings what was read into a list, and lets go of it. */
export async function runImport(job: Job): Promise<JobDone> {
  const { client, content, signal, onProgress } = job
  const options = { signal, onProgress, pause }
  if (job.listId !== null) {
    const outcome = await withList(client, job.listId, (list) => importInto(list, content, options))
    return { listId: job.listId, outcome }
  }
  const { id } = client.lists.create({ title: job.title }).value
  const { list, release } = holdList(client, id)
  try {
    if (content.icon !== null) list.setIcon(content.icon)
    const outcome = await importInto(list, content, options)
    if (outcome.state === 'cancelled') void discard(client, id)
    return { listId: id, outcome }
  } finally {
    release()
  }
}

/**
 * Takes away a list that nobody wanted in the end. Once the server has all of it: what was still on its way would be kept on the device, as
 * edits that could not be saved. Without a network the list stays, empty, to be deleted by hand.
 */
async function discard(client: Client, id: Id): Promise<void> {
  try {
    if (await client.flush({ timeoutMs: SAVED_WITHIN_MS })) await client.lists.delete(id)
  } catch {
    // It stays.
  }
}
