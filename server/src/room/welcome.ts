import { encodeMessage, PROTOCOL_VERSION } from '@tandem/client-sdk/protocol'
import type { Access } from './access.ts'

/** What somebody who has the list open is told about themselves, at first and whenever it changes. */
export function welcome(access: Access, more: { readonly changedBy?: string | null } = {}): string {
  const { role, userId, authorId, editorsMayShare } = access
  return encodeMessage({
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    role,
    userId,
    ...(authorId === userId ? {} : { authorId }),
    settings: { editorsMayShare },
    ...more,
  })
}
