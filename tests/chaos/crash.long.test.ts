import { describe, it } from 'vitest'
import { killPostgresRounds, killServerRounds } from './crash-rounds.ts'

const ROUNDS = 50

describe('crashes under 500 edits/s', () => {
  it('[DUR-1][E-06][V-18] no acknowledged edit is missing after the server was killed, 50 rounds', async () => {
    await killServerRounds(ROUNDS)
  })

  it('[DUR-2][E-06][E-08] no acknowledged edit is missing or doubled after PostgreSQL was killed, 50 rounds', async () => {
    await killPostgresRounds(ROUNDS)
  })
})
