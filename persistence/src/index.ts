export { type EmbeddedState, embeddedState } from './embedded/running.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start.ts'
export { isStorageError, StorageError, type StorageErrorCode } from './errors.ts'
export type * from './ports.ts'
export { type MigrateOptions, migrate } from './postgres/migrate.ts'
