import type { RefusedEdit } from '@tandem/client-sdk'
import type { Words } from '../words/words.ts'

type Change = RefusedEdit['changes'][number]

/** What an edit was, with the text the person wrote, or the name of what they touched: Add “Beer”, Tick “Milk”. */
export function editWords(
  { label, changes }: RefusedEdit,
  words: Words['state'],
  titleOf: (itemId: string) => string | undefined = () => undefined,
): string {
  const names: Readonly<Record<string, string>> = words.edits
  const what = names[label] ?? label
  const text = changes.flatMap(writtenIn)[0] ?? changes.flatMap((change) => titleOf(idIn(change)) ?? [])[0]
  return text === undefined ? what : words.edit(what, text)
}

/** The text in it that somebody would recognise: a title, a comment, what was typed into notes. */
function writtenIn(change: Change): readonly string[] {
  if (change.type === 'remove') return []
  if (change.type === 'text') {
    const typed = change.delta.map((part) => ('insert' in part ? part.insert : '')).join(' … ')
    return typed.trim() === '' ? [] : [typed]
  }
  const isField = /\/(title|body)$/.test(change.key)
  const record = (change.value ?? {}) as { title?: unknown; body?: unknown }
  const candidates = isField && Array.isArray(change.value) ? [change.value[0]] : [record.title, record.body]
  return candidates.filter((one) => typeof one === 'string')
}

function idIn(change: Change): string {
  return change.type === 'text' ? change.itemId : (change.key.split('/')[0] ?? '')
}
