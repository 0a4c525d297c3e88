import { answersContract } from '../answers-contract.ts'
import { auditContract } from '../audit-contract.ts'
import { busContract } from '../bus-contract.ts'
import { credentialsContract } from '../credentials-contract.ts'
import { directoryContract } from '../directory-contract.ts'
import { grantsContract } from '../grants-contract.ts'
import { invitationsContract } from '../invitations-contract.ts'
import { linksContract } from '../links-contract.ts'
import { peopleContract } from '../people-contract.ts'
import { snapshotsContract } from '../snapshots-contract.ts'
import { updateLogContract } from '../update-log-contract.ts'
import { memoryHarness } from './memory-harness.ts'

updateLogContract('memory', memoryHarness)
snapshotsContract('memory', memoryHarness)
directoryContract('memory', memoryHarness)
busContract('memory', memoryHarness)
answersContract('memory', memoryHarness)
auditContract('memory', memoryHarness)
credentialsContract('memory', memoryHarness)
grantsContract('memory', memoryHarness)
invitationsContract('memory', memoryHarness)
linksContract('memory', memoryHarness)
peopleContract('memory', memoryHarness)
