export * from './keys.ts'
export * from './ops.ts'
export * from './register.ts'
