/** The numbers Hocuspocus 4 writes on the wire. 4 (SyncReply) and 6 (BroadcastStateless) pass between servers only. */
export const FRAME = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  stateless: 5,
  close: 7,
  syncStatus: 8,
  ping: 9,
  pong: 10,
} as const

export const SYNC = { step1: 0, step2: 1, update: 2 } as const
export const AUTH = { token: 0, denied: 1, authenticated: 2 } as const
