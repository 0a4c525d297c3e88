export { createRestClient, type RestClient, type RestOptions, RestProblem, unwrap } from './client.ts'
export type { components, operations, paths } from './schema.ts'
