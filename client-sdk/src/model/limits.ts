/**
 * How large the parts of a list may be. The gate refuses what is larger, plans refuse it before anything is applied.
 *
 * Characters are UTF-16 units, as `String.length` counts them. Readers do not apply these: a later version may
 * raise them, and an older app must still show what it is given.
 */
export const LIMITS = {
  itemTitleChars: 10_000,
  sectionTitleChars: 1_000,
  labelTitleChars: 100,
  listTitleChars: 1_000,
  notesChars: 100_000,
  commentChars: 10_000,
  quantityChars: 100,
  linkChars: 2_000,
  repeatChars: 256,
  colorChars: 32,
  iconChars: 32,
  reminders: 10,
  orderChars: 256,
  /** Longest order key a plan writes; beyond it the neighbours are given new keys. */
  orderRebalanceChars: 48,
  /** A user id or a label id inside a set key. */
  memberChars: 256,
  membersPerSet: 100,
  extensionNameChars: 64,
  /** JSON of one `x-…` field, in UTF-8 bytes. */
  extensionBytes: 1_000,
  itemsPerList: 20_000,
  sectionsPerList: 1_000,
  labelsPerList: 1_000,
  commentsPerList: 50_000,
  /** One update on the wire. */
  updateBytes: 1_000_000,
} as const
