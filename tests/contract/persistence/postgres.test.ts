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
import { postgresHarness } from './postgres-harness.ts'

updateLogContract('postgres', postgresHarness)
snapshotsContract('postgres', postgresHarness)
directoryContract('postgres', postgresHarness)
busContract('postgres', postgresHarness)
answersContract('postgres', postgresHarness)
auditContract('postgres', postgresHarness)
credentialsContract('postgres', postgresHarness)
grantsContract('postgres', postgresHarness)
invitationsContract('postgres', postgresHarness)
linksContract('postgres', postgresHarness)
peopleContract('postgres', postgresHarness)
