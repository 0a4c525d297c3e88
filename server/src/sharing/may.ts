import { type Action, can, ROLES, type Role } from '@tandem/client-sdk/protocol'
import type { May, SharingState } from '@tandem/persistence'

/**
 * What may be done to whose access. Every decision asks `can`; what stands here is about two people at once: nobody gives more
 * than they have, and nobody touches the access of somebody who outranks them.
 */

/** Whether `role` is at most `limit`. */
function isWithin(role: Role, limit: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(limit)
}

function actorCan(state: SharingState, action: Action): boolean {
  return can(state.actor, action, state)
}

/** Somebody new needs the right to share; changing what a member has needs the right to manage members. */
export function mayGrant(role: Exclude<Role, 'owner'>): May {
  return (state) => {
    const { actor, target } = state
    if (actor === null || !isWithin(role, actor)) return false
    if (target === null) return actorCan(state, 'share')
    return actorCan(state, 'manage-members') && isWithin(target, actor)
  }
}

export const mayRemove: May = (state) => {
  const { actor, target } = state
  if (actor === null || !actorCan(state, 'manage-members')) return false
  return target === null || isWithin(target, actor)
}

export const mayLeave: May = (state) => actorCan(state, 'leave')

export function mayLink(role: Exclude<Role, 'owner'>): May {
  return (state) => state.actor !== null && actorCan(state, 'share') && isWithin(role, state.actor)
}

/** What one made oneself can be taken back for as long as one may share; what others made, by those who manage members. */
export function mayTakeBack({ isMine }: { readonly isMine: boolean }): May {
  return (state) => actorCan(state, 'manage-members') || (isMine && actorCan(state, 'share'))
}

/** With `disconnect`, revoking a link ends the access of members, which is more than taking back a link. */
export function mayRevokeLink(o: { readonly isMine: boolean; readonly disconnect: boolean }): May {
  return o.disconnect ? (state) => actorCan(state, 'manage-members') : mayTakeBack(o)
}

export const mayChangeSettings: May = (state) => actorCan(state, 'change-settings')
