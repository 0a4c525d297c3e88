/** `token` is the text that opens a session: what pages can read, injected scripts can read. The rest is nobody's business. */
const SECRETS = new Set(['token', 'ipAddress', 'userAgent', 'publicKey', 'credentialID'])

/** The same answer without what must not be read by scripts, however deep it stands. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !SECRETS.has(name))
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutSecrets(inner)]))
}
