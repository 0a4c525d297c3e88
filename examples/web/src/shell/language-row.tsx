import { LANGUAGES } from '../words/languages.ts'
import { chooseLanguage, useLanguage } from '../words/use-words.ts'

/** The languages by their own names, small: for who opens the page in one they cannot read. */
export function LanguageRow() {
  const now = useLanguage()
  return (
    <p className="ways small languages">
      {LANGUAGES.map(({ tag, name, dir }) => (
        <button
          key={tag}
          type="button"
          className="quiet"
          lang={tag}
          dir={dir}
          aria-pressed={tag === now.tag}
          onClick={() => void chooseLanguage(tag)}
        >
          {name}
        </button>
      ))}
    </p>
  )
}
