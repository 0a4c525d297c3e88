export type { MemoryBus } from './bus.ts'
export { createMemoryCluster, type MemoryCluster, type MemoryList } from './cluster.ts'
export { createMemoryStorage, type MemoryStorage, type MemoryStorageOptions } from './storage.ts'
