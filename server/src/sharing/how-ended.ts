import type { EndedAccess } from '@tandem/persistence'

/** Who and why, in one sentence, for whoever lost access. */
export function howAccessEnded({ why, byName }: Pick<EndedAccess, 'why' | 'byName'>): string {
  return SENTENCES[why](byName)
}

const SENTENCES = {
  removed: (by) => (by === null ? 'You were removed from this list.' : `${by} removed you from this list.`),
  left: () => 'You left this list.',
  'link-revoked': (by) =>
    by === null ? 'The link you came by was withdrawn.' : `${by} withdrew the link you came by.`,
  'list-deleted': (by) => (by === null ? 'This list was deleted.' : `${by} deleted this list.`),
} as const satisfies Record<string, (by: string | null) => string>
