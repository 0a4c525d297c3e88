import { useWords } from '../words/use-words.ts'

export function TodayPage() {
  const words = useWords()
  return (
    <main className="page">
      <h1>{words.lists.today}</h1>
    </main>
  )
}
