import type { InvitedPerson } from '@tandem/client-sdk'
import { Said } from '../ui/said.tsx'
import { useWords } from '../words/use-words.ts'

interface Props {
  /** Of who was removed. */
  readonly name: string
  readonly invited: readonly InvitedPerson[]
  readonly language: string
  readonly isBusy: boolean
  readonly onRemove: () => void
  readonly onKeep: () => void
}

/** Removing somebody removes nobody else, so it is asked about those they had let in. */
export function LeftBehind({ name, invited, language, isBusy, onRemove, onKeep }: Props) {
  const words = useWords().sharing
  return (
    <div className="notice" role="status">
      <p>
        <Said>{words.invitedToo(name, invited.length, namesOf(invited, language))}</Said>
      </p>
      <div className="row wrap">
        <button type="button" aria-disabled={isBusy} onClick={onRemove}>
          {words.removeToo}
        </button>
        <button type="button" className="quiet" onClick={onKeep}>
          {words.keepThem}
        </button>
      </div>
    </div>
  )
}

export function namesOf(people: readonly InvitedPerson[], language: string): string {
  return new Intl.ListFormat(language).format(people.map(({ name }) => `\u2068${name}\u2069`))
}
