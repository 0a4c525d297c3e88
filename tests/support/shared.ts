import { inject } from 'vitest'

/** Asks the run's main process for something all of its tests share; the first to ask waits until it is made. */
export async function askShared(what: 'cluster' | 'web'): Promise<string> {
  const response = await fetch(`${inject('sharedUrl')}/${what}`)
  const body = await response.text()
  if (!response.ok) throw new Error(body)
  return body
}
