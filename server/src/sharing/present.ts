import type { Invitation, ShareLink, UserId } from '@tandem/persistence'
import type { z } from 'zod'
import type { Masks } from './masks.ts'
import type { invitationsAnswer, linksAnswer, membersAnswer } from './schemas.ts'

type MemberJson = z.infer<typeof membersAnswer>['members'][number]
type InvitationJson = z.infer<typeof invitationsAnswer>['invitations'][number]
type LinkJson = z.infer<typeof linksAnswer>['links'][number]

export function presentMembers(
  masks: Masks,
  o: { readonly you: UserId; readonly seesEmails: boolean },
): MemberJson[] {
  return masks.members.map((member) => {
    const { userId, role, grantedBy, grantedAt, linkId, email, anonymousId } = member
    const isYou = userId === o.you
    const isAnonymous = anonymousId !== null
    const shown = masks.shown(userId) ?? { userId: masks.idOf(userId), name: '' }
    return {
      ...shown,
      // One's own name is no news to oneself.
      ...(isYou ? { name: member.name } : {}),
      role,
      joinedAt: grantedAt.toISOString(),
      invitedBy: grantedBy === userId ? null : masks.shown(grantedBy),
      isAnonymous,
      isYou,
      viaLink: linkId !== null,
      ...(o.seesEmails && email !== null && !isAnonymous ? { email } : {}),
    }
  })
}

export function presentInvitation(invitation: Invitation, masks: Masks): InvitationJson {
  const { id, email, userId, role, invitedBy, createdAt, expiresAt } = invitation
  return {
    id,
    email,
    userId,
    role,
    invitedBy: masks.shown(invitedBy),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

export function presentLink(link: ShareLink, masks: Masks): LinkJson {
  const { id, role, createdBy, createdAt, expiresAt, maxUses, uses, hasPassword } = link
  return {
    id,
    role,
    createdBy: masks.shown(createdBy),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    maxUses,
    uses,
    hasPassword,
  }
}
