/**
 * Runs `work` for each value, at most `atOnce` at a time, in the order given; resolves when all have ended.
 *
 * For questions to the database that could come by the thousand: a flood of them would hold up everybody else's.
 */
export async function fewAtATime<T>(
  atOnce: number,
  values: Iterable<T>,
  work: (value: T) => Promise<void>,
): Promise<void> {
  // One iterator for all workers: each takes the next value when it is done with its last.
  const queue = [...values].values()
  const worker = async (): Promise<void> => {
    for (const value of queue) await work(value)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
