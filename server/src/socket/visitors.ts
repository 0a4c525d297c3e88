import type { UserId } from '@tandem/persistence'

/** Who is here, by socket: one user may have many, up to a limit. */
export class Visitors {
  private readonly socketsOf = new Map<UserId, Set<string>>()
  private readonly maxSocketsPerUser: number

  constructor(maxSocketsPerUser: number) {
    this.maxSocketsPerUser = maxSocketsPerUser
  }

  get users(): number {
    return this.socketsOf.size
  }

  admit(userId: UserId, socketId: string): boolean {
    const sockets = this.socketsOf.get(userId) ?? new Set()
    if (!sockets.has(socketId) && sockets.size >= this.maxSocketsPerUser) return false
    sockets.add(socketId)
    this.socketsOf.set(userId, sockets)
    return true
  }

  left(socketId: string, users: Iterable<UserId>): void {
    for (const userId of users) {
      const sockets = this.socketsOf.get(userId)
      sockets?.delete(socketId)
      if (sockets?.size === 0) this.socketsOf.delete(userId)
    }
  }
}
