export { useItem, useItemIds, useList } from './list.ts'
export { ClientProvider, useClient } from './provider.ts'
export { useStatus } from './status.ts'
export { useValue } from './value.ts'
