import type { List } from '@tandem/client-sdk'
import { useValue } from '@tandem/client-sdk/react'
import { useState } from 'react'
import { noteShared } from '../state/install.ts'
import { useWords } from '../words/use-words.ts'
import { LinkForm } from './link-form.tsx'
import { MadeLink } from './made-link.tsx'
import { rolesUpTo } from './words.ts'
import { WorkingLinks } from './working-links.tsx'

/** Addresses that let in whoever has them. */
export function ShareLinks({ list }: { list: List }) {
  const words = useWords().sharing
  const { role, title } = useValue(list.info)
  const [made, setMade] = useState<string | null>(null)

  return (
    <section className="stack" aria-labelledby="links-title">
      <h3 id="links-title">{words.links}</h3>
      <p className="muted small">{words.linksMean}</p>
      <LinkForm
        roles={rolesUpTo(role)}
        onMake={async (link) => {
          // Until the new one is there nobody may take the old one for it.
          setMade(null)
          try {
            const { url } = await list.links.create(link)
            setMade(url)
          } catch (error) {
            // There is no new one, and the old one is shown nowhere else.
            setMade(made)
            throw error
          }
          noteShared()
        }}
      />
      {made !== null && <MadeLink key={made} url={made} title={title} />}
      <WorkingLinks list={list} />
    </section>
  )
}
