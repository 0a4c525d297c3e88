import type { Answers } from '../people-ports.ts'
import type { MemoryCluster } from './cluster.ts'

const claimMs = 30_000

export function createMemoryAnswers({ answers, environment }: MemoryCluster): Answers {
  const key = ({ userId, opId }: { userId: string; opId: string }): string => JSON.stringify([userId, opId])
  return {
    begin: async (request) => {
      const { fingerprint } = request
      const now = environment.now()
      const found = answers.get(key(request))
      if (found === undefined) {
        answers.set(key(request), { fingerprint, claimedAt: now, answer: null })
        return { outcome: 'begun' }
      }
      if (found.fingerprint !== fingerprint) return { outcome: 'different' }
      if (found.answer !== null) return { outcome: 'answered', answer: structuredClone(found.answer) }
      if (now.getTime() - found.claimedAt.getTime() < claimMs) return { outcome: 'busy' }
      found.claimedAt = now
      return { outcome: 'begun' }
    },
    finish: async (request, { status, body }) => {
      const found = answers.get(key(request))
      // As JSON, because that is what is sent.
      const kept: unknown = body === undefined ? null : JSON.parse(JSON.stringify(body))
      if (found?.answer === null) found.answer = { status, body: kept }
    },
    release: async (request) => {
      if (answers.get(key(request))?.answer === null) answers.delete(key(request))
    },
  }
}
