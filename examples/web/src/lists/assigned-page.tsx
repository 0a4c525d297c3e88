import { useWords } from '../words/use-words.ts'

export function AssignedPage() {
  const words = useWords()
  return (
    <main className="page">
      <h1>{words.lists.assigned}</h1>
    </main>
  )
}
