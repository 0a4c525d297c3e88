export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start.ts'
export { type EmbeddedState, embeddedState } from './embedded/state.ts'
export { isStorageError, StorageError, type StorageErrorCode } from './errors.ts'
export type * from './people-ports.ts'
export type * from './ports.ts'
export { RESTORE_DAYS } from './ports.ts'
export { type MigrateOptions, migrate } from './postgres/migrate.ts'
export { openSchemaPool, type SchemaPool, type SchemaPoolOptions } from './postgres/schema-pool.ts'
export { openPostgresStorage, type PostgresStorageOptions } from './postgres/storage.ts'
export { isUuid } from './uuid.ts'
