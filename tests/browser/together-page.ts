import type { Locator } from 'playwright-core'
import * as Y from 'yjs'
import { until } from '../support/until.ts'
import type { Person } from './app.ts'

export function notesOf({ page }: Person): Locator {
  return page.getByRole('textbox', { name: 'Notes', exact: true })
}

/** Opens an item of a list by its address, and waits until its notes can be written. */
export async function openDetails(person: Person, listId: string, title: string): Promise<void> {
  const { page, origin } = person
  await page.goto(`${origin}/l/${listId}`)
  const id = await page.locator('.item', { hasText: title }).getAttribute('data-id')
  await page.goto(`${origin}/l/${listId}/i/${id}`)
  await until(() => notesOf(person).isEditable(), { what: `the notes of ${title}` })
}

/** As on a busy device, where what others write comes before the browser has said that a caret was moved; until the returned call. */
export async function holdSelectionEvents({ page }: Person): Promise<() => Promise<void>> {
  const hold = await page.evaluateHandle(() => {
    const held = new AbortController()
    window.addEventListener('selectionchange', (event) => event.stopImmediatePropagation(), {
      capture: true,
      signal: held.signal,
    })
    return held
  })
  return () => hold.evaluate((held) => held.abort())
}

/** Waits until the device remembers that this person has looked at the list and at so many writes in it; how many it were. */
export async function looked({ page }: Person, listId: string, writes: number): Promise<number> {
  let seen = 0
  await until(
    async () => {
      const bytes = await page.evaluate(seenInDatabase, listId)
      const clocks = bytes === null ? [] : [...Y.decodeStateVector(Uint8Array.from(bytes)).values()]
      seen = clocks.reduce((sum, clock) => sum + clock, 0)
      return seen >= writes
    },
    { what: `a look at ${writes} writes`, timeoutMs: 20_000 },
  )
  return seen
}

/** Runs in the page. */
async function seenInDatabase(listId: string): Promise<number[] | null> {
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    try {
      if (!db.objectStoreNames.contains('facts')) continue
      const row = await new Promise<{ value: Uint8Array } | undefined>((resolve, reject) => {
        const reading = db.transaction('facts').objectStore('facts').get([listId, 'seen'])
        reading.onsuccess = () => resolve(reading.result)
        reading.onerror = () => reject(reading.error)
      })
      if (row !== undefined) return [...row.value]
    } finally {
      db.close()
    }
  }
  return null
}
