import type { Access, Can, List } from '../list/types.ts'
import type { Invitation, Member, ShareLink, SharingSettings } from '../sharing/types.ts'
import { useValue } from './value.ts'

/** Everybody with access; read from the server while a component uses it, and kept up. Empty before the first answer. */
export function useMembers(list: List): readonly Member[] {
  return useValue(list.members)
}

/** Invitations that wait for their person; empty for those who may not share. */
export function useInvitations(list: List): readonly Invitation[] {
  return useValue(list.invitations)
}

/** Links that still work; empty for those who may not share. */
export function useLinks(list: List): readonly ShareLink[] {
  return useValue(list.links)
}

/** What this person's role allows, for enabling buttons; follows a change of role at once. */
export function useCan(list: List): Can {
  return useValue(list.can)
}

/** Whether this person is let in; `ended` with who and why when they no longer are. */
export function useAccess(list: List): Access {
  return useValue(list.access)
}

/** What the list's people have agreed on; as the server said it last. */
export function useSharing(list: List): SharingSettings {
  return useValue(list.sharing)
}
