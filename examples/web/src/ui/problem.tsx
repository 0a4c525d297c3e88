import { Said } from './said.tsx'

/** What went wrong, beside what was pressed. */
export function Problem({ text }: { text: string | null }) {
  if (text === null) return null
  return (
    <p role="alert" className="problem">
      <Said>{text}</Said>
    </p>
  )
}
