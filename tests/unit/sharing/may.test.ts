import { ROLES, type Role } from '@tandem/client-sdk/protocol'
import type { May } from '@tandem/persistence'
import { describe, expect, it } from 'vitest'
import {
  mayChangeSettings,
  mayGrant,
  mayLeave,
  mayLink,
  mayRemove,
  mayRevokeLink,
  mayTakeBack,
} from '../../../server/src/sharing/may.ts'

type Given = Exclude<Role, 'owner'>
const GIVEN = ROLES.filter((role): role is Given => role !== 'owner')
const WHO = [...ROLES, null]

interface Situation {
  readonly actor: Role | null
  readonly target: Role | null
  readonly editorsMayShare: boolean
}

/** Every situation there can be. */
const SITUATIONS: readonly Situation[] = WHO.flatMap((actor) =>
  WHO.flatMap((target) => [true, false].map((editorsMayShare) => ({ actor, target, editorsMayShare }))),
)

/** `actor>target`, with `+` where editors may share, of everything that is allowed. */
function allowed(may: May): string[] {
  return SITUATIONS.filter(may).map(
    ({ actor, target, editorsMayShare }) => `${actor}${editorsMayShare ? '+' : ''}>${target}`,
  )
}

const rank = (role: Role | null) => (role === null ? -1 : ROLES.indexOf(role))
const isManager = (role: Role | null) => role === 'admin' || role === 'owner'

describe('who may do what to whose access', () => {
  it.each(GIVEN)(
    '[SHARE-2][P-02][P-03] %s is given by those who have as much and may share, and changed by managers',
    (role) => {
      for (const situation of SITUATIONS) {
        const { actor, target, editorsMayShare } = situation
        const shares = isManager(actor) || (actor === 'editor' && editorsMayShare)
        const isNew = target === null && shares
        const isChange = target !== null && isManager(actor) && rank(target) <= rank(actor)
        const expected = rank(role) <= rank(actor) && (isNew || isChange)
        expect(mayGrant(role)(situation), JSON.stringify({ role, ...situation })).toBe(expected)
      }
    },
  )

  it('[SHARE-2][P-03] the decisions that are easily got wrong, word for word', () => {
    expect(allowed(mayGrant('admin'))).not.toContain('editor+>null')
    expect(allowed(mayGrant('viewer'))).not.toContain('admin+>owner')
    expect(allowed(mayGrant('viewer'))).not.toContain('editor+>viewer')
    expect(allowed(mayGrant('editor'))).toContain('editor+>null')
    expect(allowed(mayGrant('editor'))).not.toContain('editor>null')
  })

  it('[SHARE-3][P-05] members are removed by managers, and nobody removes whoever outranks them', () => {
    for (const situation of SITUATIONS) {
      const { actor, target } = situation
      const expected = isManager(actor) && rank(target) <= rank(actor)
      expect(mayRemove(situation), JSON.stringify(situation)).toBe(expected)
    }
    expect(allowed(mayRemove)).not.toContain('admin>owner')
  })

  it('[SHARE-5] everybody but the owner may leave, and a stranger has nothing to leave', () => {
    const leaving = WHO.filter((actor) => mayLeave({ actor, target: actor, editorsMayShare: false }))
    expect(leaving).toEqual(['viewer', 'commenter', 'checker', 'editor', 'admin'])
  })

  it.each(GIVEN)(
    '[SHARE-11][P-16] a link for a %s is made by those who have as much and may share',
    (role) => {
      for (const situation of SITUATIONS) {
        const { actor, editorsMayShare } = situation
        const shares = isManager(actor) || (actor === 'editor' && editorsMayShare)
        expect(mayLink(role)(situation)).toBe(shares && rank(role) <= rank(actor))
      }
    },
  )

  it('[SHARE-16][P-16] others’ links and invitations are taken back by managers, who alone disconnect people', () => {
    for (const situation of SITUATIONS) {
      const { actor, editorsMayShare } = situation
      const mine = isManager(actor) || (actor === 'editor' && editorsMayShare)
      expect(mayTakeBack({ isMine: true })(situation)).toBe(mine)
      expect(mayTakeBack({ isMine: false })(situation)).toBe(isManager(actor))
      expect(mayRevokeLink({ isMine: true, disconnect: false })(situation)).toBe(mine)
      expect(mayRevokeLink({ isMine: true, disconnect: true })(situation)).toBe(isManager(actor))
      expect(mayChangeSettings(situation)).toBe(isManager(actor))
    }
  })
})
