import type { Client, Id } from '@tandem/client-sdk'
import { newList } from '@tandem/client-sdk/exchange'
import type { LanguageTag } from '../../words/languages.ts'
import { contentOfTemplate, type TemplateName, type Templates } from './template.ts'

const LOADERS: Readonly<Record<LanguageTag, () => Promise<{ readonly templates: Templates }>>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  ar: () => import('./ar.ts'),
}

/** A new list as the template has it, in the language of the person. It is open. */
export async function makeFromTemplate(
  client: Client,
  { name, title, tag }: { name: TemplateName; title: string; tag: LanguageTag },
): Promise<Id> {
  const { templates } = await LOADERS[tag]()
  return newList(client, title, contentOfTemplate(templates[name])).value.id
}
