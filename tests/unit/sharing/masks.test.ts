import type { AuditEntry, ListId, Member, UserId } from '@tandem/persistence'
import { describe, expect, it } from 'vitest'
import { presentAudit } from '../../../server/src/audit/present.ts'
import { masks } from '../../../server/src/sharing/masks.ts'

const [ana, ben, cleo] = ['u_ana', 'u_ben', 'u_cleo'] as [UserId, UserId, UserId]
const listId = '0' as ListId

function member(userId: UserId, o: Partial<Member> = {}): Member {
  const name = userId.slice(2)
  const grant = { grantedBy: ana, grantedAt: new Date(0), linkId: null, anonymousId: null }
  return { listId, userId, name, email: `${name}@example.org`, role: 'editor', ...grant, ...o }
}

function entry(o: Partial<AuditEntry>): AuditEntry {
  return {
    id: 1,
    at: new Date(0),
    actorId: ana,
    action: 'grant.given',
    listId,
    subjectId: null,
    detail: {},
    ...o,
  }
}

describe('masks', () => {
  it('[ANON-5][P-19] what a member wants now counts, and not what they wanted when they were here before', () => {
    const back = masks([member(ana), member(ben)], new Map([[ben, 'anon_old']]))
    expect(back.shown(ben)).toEqual({ userId: ben, name: 'ben' })
    const hidden = masks([member(ana), member(ben, { anonymousId: 'anon_new' })], new Map())
    expect(hidden.shown(ben)).toEqual({ userId: 'anon_new', name: 'Anonymous' })
  })

  it('[ANON-7][P-19] the id others see leads to the person, and their own to nobody', () => {
    const list = masks([member(ana), member(ben, { anonymousId: 'anon_b' })], new Map([[cleo, 'anon_c']]))
    expect(list.meant('anon_b')).toBe(ben)
    expect(list.meant(ben)).toBe('nobody')
    expect(list.meant(cleo)).toBe('nobody')
    expect(list.meant(ana)).toBe(ana)
    expect(list.shown(cleo)).toEqual({ userId: 'anon_c', name: 'Anonymous' })
  })

  it('[ANON-6][P-19] an audit entry about somebody unnamed holds no word that leads to them', () => {
    const list = masks([member(ana), member(ben, { anonymousId: 'anon_b' })], new Map())
    const names = new Map<UserId, string>()
    const accepted = presentAudit(
      entry({
        action: 'invitation.accepted',
        actorId: ben,
        detail: { id: 'i1', email: 'ben@example.org', role: 'editor' },
      }),
      list,
      names,
    )
    expect(accepted).toMatchObject({ actor: { userId: 'anon_b' }, detail: { role: 'editor' } })
    expect(JSON.stringify(accepted)).not.toMatch(/ben|i1/)
    const made = presentAudit(
      entry({ action: 'invitation.made', subjectId: ben, detail: { userId: ben } }),
      list,
      names,
    )
    expect(made).toMatchObject({ actor: { name: 'ana' }, subject: null, detail: {} })
    const changed = presentAudit(
      entry({ action: 'grant.changed', subjectId: ben, detail: { role: 'admin' } }),
      list,
      names,
    )
    expect(changed).toMatchObject({
      subject: { userId: 'anon_b', name: 'Anonymous' },
      detail: { role: 'admin' },
    })
  })
})
