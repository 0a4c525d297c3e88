import { useWords } from '../../words/use-words.ts'

/** While somebody types and another person has changed the same: both are there, and the choice is a press. */
export function Theirs({ value, onTake }: { readonly value: string | null; readonly onTake: () => void }) {
  const words = useWords().detail
  if (value === null) return null
  return (
    <p className="theirs" role="status">
      <span>{words.changedMeanwhile(value.slice(0, 200))}</span>
      {/* Before the field is left, which would keep what was typed. */}
      <button
        type="button"
        className="link"
        onPointerDown={(event) => event.preventDefault()}
        onClick={onTake}
      >
        {words.useTheirs}
      </button>
    </p>
  )
}
