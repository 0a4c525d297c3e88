export interface RoomLimits {
  /** Rows after the newest snapshot that make a new one worth writing while people are editing. */
  readonly snapshotEvery: number
  /** How often everybody's rights on what they have open are looked up again, in case no message told of a change. */
  readonly verifyAccessMs: number
  /** For how long somebody may go on reading when that is not possible. */
  readonly trustAccessMs: number
  /** How many lists that they have no access to a person may ask for at once before the answers come slower. */
  readonly unknownListsAtOnce: number
  /** How many such answers a second then. */
  readonly unknownListsPerSecond: number
}

export const DEFAULT_ROOM_LIMITS: RoomLimits = {
  snapshotEvery: 500,
  verifyAccessMs: 30_000,
  trustAccessMs: 60_000,
  unknownListsAtOnce: 100,
  unknownListsPerSecond: 5,
}
