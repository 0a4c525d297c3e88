import type { Access } from './access.ts'

/** People who have closed a list while frames of theirs were still queued, until the last of these is dealt with. */
export class Departing {
  private readonly queues = new Map<Access, Promise<void>>()

  get size(): number {
    return this.queues.size
  }

  all(): IterableIterator<Access> {
    return this.queues.keys()
  }

  /** `queue` settles when their last frame has been handled. */
  add(access: Access, queue: Promise<void>): void {
    const done = (): void => void this.queues.delete(access)
    this.queues.set(access, queue.then(done, done))
  }

  /** Resolves when everybody who is here now has gone. */
  async gone(): Promise<void> {
    await Promise.all(this.queues.values())
  }
}
