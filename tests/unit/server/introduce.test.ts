import type { UserId } from '@tandem/persistence'
import { expect, it } from 'vitest'
import { createIntroduce, type IntroduceDeps } from '../../../server/src/auth/introduce.ts'

const eve = { userId: 'eve' as UserId, name: 'Eve', email: null, kind: 'external' } as const

/** Remembers in which order the database was asked; `fails` is how often it does not answer. */
function stage(fails = 0) {
  const asked: string[] = []
  const storage = {
    directory: {
      ensureUser: async ({ name }: { name: string }) => {
        asked.push(`known ${name}`)
        await Promise.resolve()
        if (fails-- > 0) throw new Error('away')
      },
    },
    invitations: {
      arrived: async () => {
        asked.push('arrived')
        return []
      },
    },
  } as unknown as IntroduceDeps
  return { asked, introduce: createIntroduce(storage) }
}

it('[IDENT-3] whoever comes with many tabs at once is made known once, and all of them wait for it', async () => {
  const { asked, introduce } = stage()
  await Promise.all(Array.from({ length: 20 }, () => introduce(eve)))
  expect(asked).toEqual(['known Eve', 'arrived'])
  await introduce({ ...eve, name: 'Eva' })
  expect(asked).toEqual(['known Eve', 'arrived', 'known Eva', 'arrived'])
})

it('[IDENT-3] what failed is not taken for done', async () => {
  const { asked, introduce } = stage(1)
  const tries = await Promise.allSettled([introduce(eve), introduce(eve)])
  expect(tries.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await introduce(eve)
  expect(asked).toEqual(['known Eve', 'known Eve', 'arrived'])
})
