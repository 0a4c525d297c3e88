import { busContract } from '../bus-contract.ts'
import { directoryContract } from '../directory-contract.ts'
import { snapshotsContract } from '../snapshots-contract.ts'
import { updateLogContract } from '../update-log-contract.ts'
import { postgresHarness } from './postgres-harness.ts'

updateLogContract('postgres', postgresHarness)
snapshotsContract('postgres', postgresHarness)
directoryContract('postgres', postgresHarness)
busContract('postgres', postgresHarness)
