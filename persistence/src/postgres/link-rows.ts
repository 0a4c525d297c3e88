import type { LinkEnd, ShareLink } from '../people-ports.ts'
import type { ListId, StoredRole, UserId } from '../ports.ts'

export interface LinkRow {
  id: string
  list_id: ListId
  role: Exclude<StoredRole, 'owner'>
  created_by: UserId
  created_at: Date
  created_exactly: string
  expires_at: Date | null
  max_uses: number | null
  uses: number
  password_hash: string | null
  revoked_at: Date | null
}

export const linkColumns = `
  k.id, k.list_id, k.role, k.created_by, k.created_at, k.created_at::text AS created_exactly, k.expires_at, k.max_uses,
  k.uses, k.password_hash, k.revoked_at`

export function shareLink(row: LinkRow): ShareLink {
  const { id, list_id: listId, role, created_by: createdBy, created_at: createdAt } = row
  const { expires_at: expiresAt, max_uses: maxUses, uses } = row
  const hasPassword = row.password_hash !== null
  return { id, listId, role, createdBy, createdAt, expiresAt, maxUses, uses, hasPassword }
}

/** Why nobody gets in by this link at this moment, whoever made it. */
export function linkFault(row: LinkRow, now: Date): LinkEnd | null {
  if (row.revoked_at !== null) return 'revoked'
  if (row.expires_at !== null && row.expires_at <= now) return 'expired'
  return row.max_uses !== null && row.uses >= row.max_uses ? 'used-up' : null
}
