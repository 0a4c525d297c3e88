const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether a page may open a socket: one of this host, of this machine, or on the list.
 *
 * Requests without an origin come from programs, which no browser rule protects or binds; their token decides.
 */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true
  if (!URL.canParse(origin)) return false
  const page = new URL(origin)
  return page.host === host || THIS_MACHINE.has(page.hostname)
}
