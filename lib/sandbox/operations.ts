import { accountOperations } from './account.ts'
import { trailOperations } from './cloudtrail/operations.ts'
import { iamOperations } from './iam/operations.ts'
import { keyOperations } from './kms/operations.ts'
import type { Operation } from './operation.ts'
import { organizationOperations } from './organizations/operations.ts'
import { secretOperations } from './secrets/operations.ts'
import { isService, type ServiceName } from './services.ts'
import { stsOperations } from './sts/operations.ts'

const operations: Record<ServiceName, Readonly<Record<string, Operation>>> = {
  kms: keyOperations,
  secretsmanager: secretOperations,
  sts: stsOperations,
  iam: iamOperations,
  organizations: organizationOperations,
  cloudtrail: trailOperations,
  account: accountOperations,
}

/** The service's operation of that name, if the sandbox has it. */
export function findOperation(service: ServiceName, name: string): Operation | undefined {
  return Object.hasOwn(operations[service], name) ? operations[service][name] : undefined
}

/** Whether this is an operation of the sandbox, written as `kms:UntagResource`. */
export function isOperation(action: string): boolean {
  const [service = '', name = ''] = action.split(':')
  return isService(service) && findOperation(service, name) !== undefined
}

/** The quota that an operation written as `kms:UntagResource` counts against. */
export function quotaOf(action: string): Operation['quota'] | undefined {
  const [service = '', name = ''] = action.split(':')
  return isService(service) ? findOperation(service, name)?.quota : undefined
}
