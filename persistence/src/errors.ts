/** Every fault persistence may throw, with what the person running the server can do about it. */

const catalogue = {
  'storage-closed': { retryable: false, advice: 'The storage was closed; start the server again.' },
  'storage-unreachable': {
    retryable: true,
    advice: 'Check that PostgreSQL runs and that DATABASE_URL is right.',
  },
  'unknown-list': { retryable: false, advice: 'Create the list before appending to it.' },
  'update-rejected': {
    retryable: false,
    advice: 'This one update cannot be stored; the others are not affected.',
  },
  'invalid-update': {
    retryable: false,
    advice: 'Fix the caller: an update needs a UUID and at most the stated size.',
  },
  'snapshot-ahead': {
    retryable: false,
    advice: 'A snapshot may only contain what the log holds; write it again.',
  },
  'not-durable': {
    retryable: false,
    advice: 'Turn fsync and synchronous_commit on for this database: without them a crash loses saved edits.',
  },
  'migration-failed': { retryable: false, advice: 'See the cause; the database was left as it was.' },
  'embedded-unsupported': {
    retryable: false,
    advice: 'Set DATABASE_URL to a PostgreSQL of your own, or reinstall with optional dependencies.',
  },
  'embedded-no-account': {
    retryable: false,
    advice:
      'PostgreSQL refuses to run as root. Run Tandem as a normal user, or set DATA_DIR to a folder every user may enter, or set DATABASE_URL.',
  },
  'embedded-in-use': {
    retryable: false,
    advice: 'Stop the process that uses this data directory, or set DATA_DIR to another one.',
  },
  'embedded-not-a-cluster': {
    retryable: false,
    advice: 'Set DATA_DIR to another folder, or move these files away yourself; nothing was deleted.',
  },
  'embedded-version': {
    retryable: false,
    advice:
      'Dump the data with the old PostgreSQL version and restore it, or install the older version of Tandem.',
  },
  'embedded-port-taken': {
    retryable: true,
    advice: 'Choose another port, or leave it out to get a free one.',
  },
  'embedded-start-failed': {
    retryable: true,
    advice: 'Read the last lines of the PostgreSQL log quoted here.',
  },
} as const satisfies Record<string, { retryable: boolean; advice: string }>

export type StorageErrorCode = keyof typeof catalogue

/** A fault of storage. `code` is stable; `advice` says what to do; `cause` holds the driver's own error. */
export class StorageError extends Error {
  readonly code: StorageErrorCode
  readonly retryable: boolean
  readonly advice: string

  constructor(code: StorageErrorCode, detail: string, options?: { cause?: unknown }) {
    super(`${detail} ${catalogue[code].advice}`, options)
    this.name = 'StorageError'
    this.code = code
    this.retryable = catalogue[code].retryable
    this.advice = catalogue[code].advice
  }
}

export function isStorageError(error: unknown, code?: StorageErrorCode): error is StorageError {
  return error instanceof StorageError && (code === undefined || error.code === code)
}

/** The words of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
