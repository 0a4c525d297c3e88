/**
 * Secrets that somebody copied from an example, or typed with one finger.
 *
 * Length alone does not show it: "change-me-change-me-change-me-change-me" is long enough to be accepted.
 */
const TELLTALE =
  /change.?(me|this|it)|your.?(own.?)?(jwt.?|super.?)?secret|super.?secret|secret.?key|example|sample|placeholder|password|openssl rand|insecure|development|dev.?secret|keyboard.?cat/i

/** Fewer different characters than this cannot come from a random generator at 32 characters or more. */
const FEWEST_DISTINCT = 10

export function looksLikeSample(secret: string): boolean {
  return TELLTALE.test(secret) || new Set(secret).size < FEWEST_DISTINCT
}
