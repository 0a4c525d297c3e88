import type { Client } from '@tandem/client-sdk'
import { agendaOf, type DueReminder } from './due-reminders.ts'
import { isSaid, take } from './said-reminders.ts'

/** Timers are not made for longer, and clocks are set. */
const LONGEST_MS = 15 * 60_000
const OPEN = { done: false } as const

/** Hands out reminders as they fall due, once on this device, to a tab that is looked at; what fell due while none was comes together. */
export function watchReminders(client: Client, say: (due: readonly DueReminder[]) => void): () => void {
  const items = client.items(OPEN)
  let timer: ReturnType<typeof setTimeout> | null = null
  let isTaking = false
  let isOver = false

  function look(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const { rows, isComplete } = items.getSnapshot()
    // Half of the lists would be half of the sentence.
    if (isOver || !isComplete) return
    const muted = new Set(client.lists.getSnapshot().flatMap(({ id, mine }) => (mine.muted ? [id] : [])))
    const now = Date.now()
    const { due, next } = agendaOf(rows, { now, isSaid, isMuted: (id) => muted.has(id) })
    timer = setTimeout(look, Math.min(LONGEST_MS, next === null ? LONGEST_MS : next - now))
    if (due.length > 0 && document.visibilityState === 'visible' && !isTaking) void hand(due, now)
  }

  async function hand(due: readonly DueReminder[], now: number): Promise<void> {
    isTaking = true
    try {
      const own = await take(
        due.map(({ key }) => key),
        now,
      )
      const mine = due.filter(({ key }) => own.has(key))
      if (mine.length > 0 && !isOver) say(mine)
    } catch {
      // No place to remember it: better not at all than at every look.
    } finally {
      isTaking = false
    }
  }

  const stops = [items.subscribe(look), client.lists.subscribe(look)]
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    isOver = true
    for (const stop of stops) stop()
    document.removeEventListener('visibilitychange', look)
    if (timer !== null) clearTimeout(timer)
  }
}
