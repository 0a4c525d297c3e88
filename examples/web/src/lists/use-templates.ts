import { useClient } from '@tandem/client-sdk/react'
import { go } from '../shell/route.ts'
import { useLanguage, useWords } from '../words/use-words.ts'

export const TEMPLATE_NAMES = ['groceries', 'packing', 'party', 'chores'] as const
type Name = (typeof TEMPLATE_NAMES)[number]

/** Makes a list from a template and goes there. */
export function useTemplates(): (name: Name) => void {
  const client = useClient()
  const { tag } = useLanguage()
  const { templates } = useWords().lists
  return (name) => {
    void import('./templates/make-list.ts')
      .then(({ makeFromTemplate }) => makeFromTemplate(client, { name, title: templates[name], tag }))
      .then((id) => go({ page: 'list', id }))
  }
}
