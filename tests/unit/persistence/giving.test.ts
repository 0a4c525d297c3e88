import { describe, expect, it } from 'vitest'
import { can } from '../../../client-sdk/src/protocol/can.ts'
import { ROLES } from '../../../client-sdk/src/protocol/messages.ts'
import { couldStillGive, outranks, restoringRoles } from '../../../persistence/src/giving.ts'

describe('what storage knows of rights', () => {
  it('[GRANT-10][P-02] is what the one table of rights says of sharing, for every role and setting', () => {
    let allowed = 0
    for (const actor of [null, ...ROLES]) {
      for (const role of ROLES) {
        for (const editorsMayShare of [false, true]) {
          const isWithin = actor !== null && ROLES.indexOf(role) <= ROLES.indexOf(actor)
          const expected = role !== 'owner' && isWithin && can(actor, 'share', { editorsMayShare })
          expect(couldStillGive({ actor, editorsMayShare }, role)).toBe(expected)
          if (expected) allowed += 1
        }
      }
    }
    expect(allowed).toBeGreaterThan(0)
  })

  it('[GRANT-12] is what the one table of rights says of deleting, for restoring', () => {
    expect([...restoringRoles].sort()).toEqual(ROLES.filter((role) => can(role, 'delete-list')).sort())
  })

  it('[GRANT-9] is the same order of roles', () => {
    const sorted = [...ROLES].sort((a, b) => (outranks(a, b) ? 1 : -1))
    expect(sorted).toEqual([...ROLES])
  })
})
