import { ExternalLink, Link } from 'lucide-react'
import { useWords } from '../../words/use-words.ts'
import { Field } from './field.tsx'
import { linkFrom, safeHref } from './link.ts'
import { Theirs } from './theirs.tsx'
import { useLiveText } from './use-live-text.ts'

interface Props {
  readonly value: string | null
  readonly canEdit: boolean
  readonly onSave: (link: string | null) => void
}

/** An address. What is none stays text in the field, and nothing that can be pressed. */
export function LinkField({ value, canEdit, onSave }: Props) {
  const words = useWords().detail
  const live = useLiveText({
    value: value ?? '',
    isLocked: !canEdit,
    save: (text) => {
      const link = text.trim() === '' ? null : linkFrom(text)
      if (link === undefined) return false
      onSave(link)
      return true
    },
  })
  const href = safeHref(value)
  const isInert = live.text.trim() !== '' && linkFrom(live.text) === undefined
  return (
    <Field icon={<Link aria-hidden />} label={words.link}>
      {(id) => (
        <>
          <div className="row">
            <input
              {...live.field}
              id={id}
              type="text"
              inputMode="url"
              className="live grow"
              dir="ltr"
              autoComplete="off"
              placeholder={canEdit ? words.linkHint : words.none}
            />
            {href !== null && !live.isTyping && (
              <a
                className="button quiet icon"
                href={href}
                target="_blank"
                rel="noopener noreferrer nofollow"
                aria-label={words.openLink}
              >
                <ExternalLink aria-hidden />
              </a>
            )}
          </div>
          {isInert && (
            <p role="status" className="problem">
              {words.linkInert}
            </p>
          )}
          <Theirs value={live.theirs} onTake={live.drop} />
        </>
      )}
    </Field>
  )
}
