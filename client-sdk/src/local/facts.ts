import { StorageFailed } from './storage-failed.ts'

const MAX_FACT_BYTES = 64 * 1024

/**
 * A copy that the caller can change no more. Throws for what is no small thing to remember: facts are read on every start, and a device
 * is not asked for room for them.
 */
export function copyOfFact(name: string, value: unknown): unknown {
  if (roughBytes(value, MAX_FACT_BYTES) > MAX_FACT_BYTES) {
    throw new StorageFailed(`What is to be remembered as "${name}" is larger than 64 kB.`)
  }
  try {
    return structuredClone(value)
  } catch (cause) {
    throw new StorageFailed(`What is to be remembered as "${name}" cannot be stored.`, { cause })
  }
}

/** What a value takes at least, counted no further than a bit above `enough`: circles and huge values end too. */
function roughBytes(value: unknown, enough: number): number {
  const queue: unknown[] = [value]
  let bytes = 0
  while (queue.length > 0 && bytes <= enough) {
    const one = queue.pop()
    bytes += 8
    if (typeof one === 'string') bytes += one.length
    else if (ArrayBuffer.isView(one)) bytes += one.byteLength
    else if (one instanceof ArrayBuffer) bytes += one.byteLength
    else if (one instanceof Map || one instanceof Set) queue.push(...[...one].flat())
    else if (typeof one === 'object' && one !== null) queue.push(...Object.entries(one).flat())
  }
  return bytes
}
