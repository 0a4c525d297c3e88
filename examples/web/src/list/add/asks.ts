/** What the add field asks of the list around it, which may not be able to: then the answer is false. */
export type Ask =
  /** Edit the last item's title: somebody pressed Up in the empty field. */
  | { readonly what: 'edit-last' }
  /** Bring this row into view and focus. */
  | { readonly what: 'show'; readonly item: string }

type Answer = (ask: Ask) => boolean

const answers = new Map<string, Set<Answer>>()

/** For the list on the page. Say false to what cannot be done now. */
export function onAsk(listId: string, answer: Answer): () => void {
  const all = answers.get(listId) ?? new Set()
  answers.set(listId, all)
  all.add(answer)
  return () => all.delete(answer)
}

export function ask(listId: string, what: Ask): boolean {
  return [...(answers.get(listId) ?? [])].some((answer) => answer(what))
}

const targets = new Map<string, Set<(section: string | null) => void>>()

/** For the add field. */
export function onTarget(listId: string, listener: (section: string | null) => void): () => void {
  const all = targets.get(listId) ?? new Set()
  targets.set(listId, all)
  all.add(listener)
  return () => all.delete(listener)
}

/** Focuses the add field; what is added goes to this section until the person takes that off. */
export function addInto(listId: string, section: string | null): void {
  for (const listener of targets.get(listId) ?? []) listener(section)
}
