export type ModelErrorCode = 'invalid' | 'limit' | 'not-found'

/**
 * Thrown by plans for what the calling program should not have asked: an unknown id, a value the schema does not allow,
 * a list that is full. Thrown before anything is applied, so that the document is as it was.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: ModelErrorCode

  constructor(code: ModelErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
