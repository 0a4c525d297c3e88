import type { List, RefusedEdit } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { Said } from '../ui/said.tsx'
import { useLanguage, useWords } from '../words/use-words.ts'
import { download } from './download.ts'
import { editWords } from './edit-words.ts'
import { GiveUp } from './give-up.tsx'
import { momentWords } from './moment.ts'

/** The inbox: each edit that the server refused, what it was and why, and what can be done about it. */
export function RefusedEdits({ list }: { list: List }) {
  const edits = useValue(list.refused)
  const { title } = useValue(list.info)
  const words = useWords().state
  const { tag } = useLanguage()
  const [given, setGiven] = useState<readonly RefusedEdit[] | null>(null)
  const titleOf = (id: string) => list.items.item(id).getSnapshot()?.title

  if (edits.length === 0) return null
  return (
    <section className="stack" aria-labelledby="refused-title">
      <h3 id="refused-title">{words.refused}</h3>
      <p className="muted">{words.refusedWhy}</p>
      <ul className="rows">
        {edits.map((edit) => (
          <li key={edit.id} className="row wrap">
            <span className="grow">
              <Said>{editWords(edit, words, titleOf)}</Said>
              <span className="small muted block">
                <Why edit={edit} /> · {momentWords(edit.at, tag, words)}
              </span>
            </span>
            <button type="button" onClick={() => list.refused.retry([edit.id])}>
              {words.tryAgain}
            </button>
            <button type="button" className="quiet" onClick={() => setGiven([edit])}>
              {words.giveUp}
            </button>
          </li>
        ))}
      </ul>
      <div className="row wrap">
        {edits.length > 1 && (
          <>
            <button type="button" onClick={() => list.refused.retry()}>
              {words.tryAllAgain}
            </button>
            <button type="button" className="quiet" onClick={() => setGiven(edits)}>
              {words.giveUpAll}
            </button>
          </>
        )}
        <button type="button" onClick={() => download(list.exportPending(), `${title}.json`)}>
          {words.exportThese}
        </button>
      </div>
      {given !== null && (
        <GiveUp
          words={given.length === 1 ? words.giveUp : words.giveUpAll}
          count={given.length}
          onYes={() => list.refused.drop(given.map(({ id }) => id))}
          onClose={() => setGiven(null)}
        />
      )}
    </section>
  )
}

function Why({ edit }: { edit: RefusedEdit }) {
  const own = useWords().state.refusals[edit.code]
  return own ?? <span lang="en">{edit.message}</span>
}
