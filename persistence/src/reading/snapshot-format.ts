/** What new snapshots are written in: one update as Yjs 13 encodes it (V1). */
export const WRITTEN_FORMAT = 1
/** Older ones are read for as long as lists may have them. What is not here is passed over: the log has everything. */
export const READABLE_FORMATS: readonly number[] = [1]
