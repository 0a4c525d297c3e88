/** The audit log's vocabulary: everything that is recorded about access, and what each word means to a person who reads it. */
export const AUDIT_ACTIONS = {
  'list.created': 'Made the list',
  'list.deleted': 'Deleted the list',
  'list.restored': 'Restored the list',
  'list.opened': 'Opened the list',
  'list.kept': 'Kept a copy of the list on a device, without opening it',
  'list.exported': 'Exported the list',
  'grant.given': 'Gave somebody access',
  'grant.changed': 'Changed somebody’s role',
  'grant.revoked': 'Removed somebody',
  'grant.left': 'Left the list',
  'grant.transferred': 'Handed the list over',
  'invitation.made': 'Invited somebody',
  'invitation.withdrawn': 'Withdrew an invitation',
  'invitation.accepted': 'Accepted an invitation',
  'link.made': 'Made a link',
  'link.revoked': 'Revoked a link',
  'link.redeemed': 'Came by a link',
  'settings.changed': 'Changed who may share',
  'session.ended': 'Ended a session',
  'token.made': 'Made an API token',
  'token.revoked': 'Revoked an API token',
} as const

export type AuditAction = keyof typeof AUDIT_ACTIONS
