import { type ReactNode, useState } from 'react'
import { LANGUAGES, type LanguageTag, languageFor } from '../words/languages.ts'
import { chooseLanguage, chosenLanguage, useWords } from '../words/use-words.ts'
import { APPEARANCES, chooseAppearance, useAppearance } from './appearance.ts'

export function LanguageSetting() {
  const words = useWords().shell.settings
  const [chosen, setChosen] = useState(chosenLanguage)
  const browsers = languageFor(null, navigator.languages)
  const choose = (tag: LanguageTag | null): void => {
    setChosen(tag)
    void chooseLanguage(tag)
  }
  return (
    <Choice title={words.language}>
      <label>
        <input type="radio" name="language" checked={chosen === null} onChange={() => choose(null)} />
        <span>{words.asBrowser(browsers.name)}</span>
      </label>
      {LANGUAGES.map(({ tag, name }) => (
        <label key={tag} lang={tag}>
          <input type="radio" name="language" checked={chosen === tag} onChange={() => choose(tag)} />
          <bdi>{name}</bdi>
        </label>
      ))}
    </Choice>
  )
}

export function AppearanceSetting() {
  const words = useWords().shell
  const chosen = useAppearance()
  return (
    <Choice title={words.settings.appearance}>
      {APPEARANCES.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="appearance"
            checked={chosen === one}
            onChange={() => chooseAppearance(one)}
          />
          <span>{words.appearances[one]}</span>
        </label>
      ))}
    </Choice>
  )
}

function Choice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="choice">
      <legend>{title}</legend>
      <div className="segments">{children}</div>
    </fieldset>
  )
}
