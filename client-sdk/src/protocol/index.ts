export * from './close-codes.ts'
export * from './messages.ts'
export * from './refusal.ts'
export * from './version.ts'
