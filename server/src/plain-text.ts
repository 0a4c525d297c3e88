/** Control characters, which nobody types and Postgres partly refuses, and halves of surrogate pairs, which no encoding keeps. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u

/** True for text of up to `maxChars` that can stand in a key, a log line and a page: not blank, nothing unprintable. */
export function isPlainText(value: unknown, maxChars: number): value is string {
  return (
    typeof value === 'string' && value.length <= maxChars && value.trim() !== '' && !UNPRINTABLE.test(value)
  )
}
