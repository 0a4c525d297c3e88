/** What was thrown, as a sentence: its own, which the SDK and the server write for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
