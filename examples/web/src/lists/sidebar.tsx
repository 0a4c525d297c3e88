import { useWords } from '../words/use-words.ts'

/** All lists and views of this person. */
export function Sidebar() {
  const words = useWords()
  return <nav className="sidebar" aria-label={words.lists.lists} />
}
