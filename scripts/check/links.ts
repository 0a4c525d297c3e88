import { posix } from 'node:path'
import { type Fault, lineAt, type SourceFile } from './fault.ts'

/** In Markdown, and of pictures that have a size, in HTML. */
const LINK = /(?:\]\(|\ssrc=")(?!https?:|#|mailto:)([^)"#\s]+)(?:#[^)\s]*)?[)"]/g

/** A document that names a file which has moved sends its reader nowhere. */
export function checkLinks(documents: readonly SourceFile[], exists: (path: string) => boolean): Fault[] {
  return documents.flatMap((document) =>
    [...document.text.matchAll(LINK)].flatMap((match) => {
      const target = posix.normalize(posix.join(posix.dirname(document.path), match[1] ?? ''))
      return exists(target)
        ? []
        : [
            {
              file: document.path,
              line: lineAt(document.text, match.index),
              message: `links to ${target}, which is not there`,
            },
          ]
    }),
  )
}
