import { busContract } from '../bus-contract.ts'
import { directoryContract } from '../directory-contract.ts'
import { snapshotsContract } from '../snapshots-contract.ts'
import { updateLogContract } from '../update-log-contract.ts'
import { memoryHarness } from './memory-harness.ts'

updateLogContract('memory', memoryHarness)
snapshotsContract('memory', memoryHarness)
directoryContract('memory', memoryHarness)
busContract('memory', memoryHarness)
