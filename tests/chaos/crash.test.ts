import { describe, it } from 'vitest'
import { killPostgresRounds, killServerRounds } from './crash-rounds.ts'

describe('crashes under 500 edits/s (short form; `npm run test:crash` does 50 rounds)', () => {
  it('[DUR-1][E-06][V-18][E-07][E-28] no acknowledged edit is missing after the server was killed, 4 rounds', async () => {
    await killServerRounds(4)
  }, 120_000)

  it('[DUR-2][E-06][E-08] no acknowledged edit is missing or doubled after PostgreSQL was killed, 3 rounds', async () => {
    await killPostgresRounds(3)
  }, 180_000)
})
