import { useWords } from '../words/use-words.ts'

export function SearchPage() {
  const words = useWords()
  return (
    <main className="page">
      <h1>{words.lists.search}</h1>
    </main>
  )
}
