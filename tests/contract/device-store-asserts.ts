/** Small enough to run inside a page, where the test runner is not. */
export function assertEqual(actual: unknown, expected: unknown): void {
  const [a, b] = [spell(actual), spell(expected)]
  if (a !== b) throw new Error(`expected ${b}\n but got ${a}`)
}

export async function assertRejects(
  promise: Promise<unknown>,
  expected: Record<string, unknown>,
): Promise<void> {
  let error: unknown
  try {
    await promise
  } catch (caught) {
    error = caught
  }
  if (error === undefined) throw new Error('expected a rejection, but it resolved')
  for (const [name, value] of Object.entries(expected)) {
    assertEqual((error as Record<string, unknown>)[name], value)
  }
}

/** JSON with bytes spelled out and object keys in one order. */
function spell(value: unknown): string {
  const replace = (_key: string, raw: unknown): unknown => {
    if (raw instanceof Uint8Array) return { bytes: [...raw] }
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw
    return Object.fromEntries(Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return JSON.stringify(value, replace) ?? 'undefined'
}
