interface Findable {
  readonly words: string
  readonly also?: string
}

/**
 * Those that have every word that was typed, best first: the whole begins with it, a word begins with it, it is somewhere inside.
 * Accents and capitals make no difference. Nothing typed: all, in their order.
 */
export function bestOf<T extends Findable>(all: readonly T[], typed: string, limit: number): readonly T[] {
  const wanted = plain(typed).split(/\s+/u).filter(Boolean)
  return all
    .map((one, at) => ({ one, at, rank: rankOf(one, wanted) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.at - b.at)
    .slice(0, limit)
    .map(({ one }) => one)
}

/** 0: it lacks a word. */
function rankOf(one: Findable, wanted: readonly string[]): number {
  const words = plain(one.words)
  const more = plain(one.also ?? '')
  let rank = 1
  for (const [at, word] of wanted.entries()) {
    if (at === 0 && words.startsWith(word)) rank += 3
    else if (words.includes(` ${word}`)) rank += 2
    else if (words.includes(word)) rank += 1
    else if (!more.includes(word)) return 0
  }
  return rank
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()
}
