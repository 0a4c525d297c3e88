import { useClient } from '@tandem/client-sdk/react'
import { useRef } from 'react'
import { go } from '../shell/route.ts'
import { toast } from '../ui/toast-store.ts'
import { useLanguage, useWords, wordsNow } from '../words/use-words.ts'
import { personKnown } from './person-known.ts'

export const TEMPLATE_NAMES = ['groceries', 'packing', 'party', 'chores'] as const
type Name = (typeof TEMPLATE_NAMES)[number]

/** Makes a list from a template and goes there. */
export function useTemplates(): (name: Name) => void {
  const client = useClient()
  const { tag } = useLanguage()
  const { templates } = useWords().lists
  const isMaking = useRef(false)
  return (name) => {
    // On a slow line the first press shows nothing for a while, and the next would make another list.
    if (isMaking.current) return
    isMaking.current = true
    void Promise.all([import('./templates/make-list.ts'), personKnown(client)])
      .then(([{ makeFromTemplate }]) => makeFromTemplate(client, { name, title: templates[name], tag }))
      .then((id) => go({ page: 'list', id }))
      .catch(() => toast(wordsNow().state.partMissing))
      .finally(() => {
        isMaking.current = false
      })
  }
}
