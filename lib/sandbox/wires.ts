import { type ServiceName, services } from './services.ts'
import { jsonWire } from './wire/json.ts'
import { queryWire } from './wire/query.ts'
import { restWire } from './wire/rest.ts'
import type { Wire } from './wire/wire.ts'

/** Each service's protocol. */
export const wires: Record<ServiceName, Wire> = {
  kms: jsonWire(services.kms),
  secretsmanager: jsonWire(services.secretsmanager),
  sts: queryWire(services.sts),
  iam: queryWire(services.iam),
  organizations: jsonWire(services.organizations),
  cloudtrail: jsonWire(services.cloudtrail),
  account: restWire({ '/listRegions': 'ListRegions' }),
}
