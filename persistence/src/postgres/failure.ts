/** The SQLSTATE of a driver's error; empty for a lost connection or a timeout. */
export function sqlState(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : ''
}

export function constraintOf(error: unknown): string {
  const constraint = (error as { constraint?: unknown } | null)?.constraint
  return typeof constraint === 'string' ? constraint : ''
}

export const uniqueViolation = '23505'

/**
 * Whether the values themselves are at fault, so that the same statement fails for ever.
 *
 * Everything else (no connection, shutdown, disk full, deadlock, missing privilege, a standby …) is the database's state and passes.
 * 22: data exception, 23: constraint, 54: a limit of PostgreSQL exceeded.
 */
export function isFaultOfValues(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error))
}
