import { useWords } from '../words/use-words.ts'

export function TrashPage() {
  const words = useWords()
  return (
    <main className="page">
      <h1>{words.lists.trash}</h1>
    </main>
  )
}
