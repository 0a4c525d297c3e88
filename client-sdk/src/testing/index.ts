export { createMemoryStorage, type MemoryStorage } from '../local/memory-storage.ts'
export { createMemoryTabs } from '../tabs/memory-relay.ts'
export { createTestNetwork, type TestNetwork } from './network.ts'
