const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Whether this is a UUID as PostgreSQL prints it.
 *
 * Upper case is refused and not converted: two spellings of one list's id would become two rooms of the same list.
 */
export function isUuid(text: string): boolean {
  return canonical.test(text)
}
