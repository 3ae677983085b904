import { randomUUID } from 'node:crypto'
import { authorize } from './authorize.ts'
import { validationText, violations } from './constraints.ts'
import { AwsError, refusal, unknownCredentialsText } from './errors.ts'
import { effects, throttled } from './fault-effects.ts'
import type { HttpRequest, Reply } from './http.ts'
import type { Call, Operation, Subject } from './operation.ts'
import { findOperation } from './operations.ts'
import { accountOf, type Principal } from './principals.ts'
import { isEnabled } from './regions.ts'
import { type ServiceName, services } from './services.ts'
import { readAuthorization, verifySignature } from './signature.ts'
import { withEmptyLists } from './wire/query.ts'
import { type Asked, namedResource, namedTagKeys, type Output } from './wire/wire.ts'
import { wires } from './wires.ts'
import type { World } from './world.ts'

/**
 * The way of an AWS request: signature, Region, operation, faults, holds, quota, the model's constraints, authorization, and
 * then the operation itself. Every request leaves one record in the log of calls.
 */
export async function answer(world: World, service: ServiceName, request: HttpRequest): Promise<Reply> {
  const requestId = randomUUID()
  const wire = wires[service]
  const scope = readAuthorization(request)
  const seen: Seen = { operation: `${service}:?`, region: scope?.region ?? '', isApplied: false }
  const reply = await way(world, service, request, seen, requestId).catch((error: unknown) => {
    if (error instanceof AwsError) return error
    throw error
  })
  const { operation, region, principal, asked, isApplied } = seen
  const resource = asked && namedResource(asked.input)
  const tagKeys = asked && namedTagKeys(asked.input)
  world.calls.add({
    time: (seen.performedAt ?? new Date()).toISOString(),
    requestId,
    operation,
    region,
    outcome: outcomeOf(reply),
    isApplied,
    ...(principal && { accountId: principal.accountId }),
    ...(scope && { accessKeyId: scope.accessKeyId }),
    ...(resource && { resource }),
    ...(tagKeys?.length && { tagKeys }),
  })
  if (reply instanceof AwsError) return wire.writeError(reply, requestId)
  if (typeof reply === 'string' || 'status' in reply) return reply
  return wire.write(asked?.operation ?? '', reply.output, requestId)
}

/** What is known of the request so far, for its record. */
interface Seen {
  operation: string
  readonly region: string
  principal?: Principal
  asked?: Asked
  performedAt?: Date
  isApplied: boolean
}

async function way(world: World, service: ServiceName, request: HttpRequest, seen: Seen, requestId: string) {
  const { family } = services[service]
  const now = new Date()
  const principal = await verifySignature(request, service, family, world.credentials, now)
  seen.principal = principal
  if (!isEnabled(seen.region)) {
    throw refusal(family, 'unknownCredentials', unknownCredentialsText)
  }
  const asked = wires[service].read(request)
  seen.asked = asked
  seen.operation = `${service}:${asked.operation}`
  const operation = findOperation(service, asked.operation)
  if (!operation) throw unknownOperation(service, asked.operation)

  const { region, operation: action } = seen
  const resource = namedResource(asked.input)
  const rule = world.faults.strike({ operation: action, region, resource })
  const effect = rule && effects[rule.kind]
  if (rule && effect?.when === 'instead') {
    return effect.reply({ rule, service, principal, action, resourceArn: resource ?? '*' })
  }
  if (principal.role) principal.role.lastUsed = { at: now, region }
  const passing = { operation: action, resource, requestId }
  if ((await world.holds.pass('arrived', passing)) === 'drop') return 'connectionReset'
  seen.performedAt = new Date()
  const call = {
    world,
    account: accountOf(world.accounts, principal.accountId),
    region,
    principal,
    action,
    now: seen.performedAt,
    requestId,
  }
  const output = perform(call, service, operation, asked)
  seen.isApplied = operation.isWrite
  if ((await world.holds.pass('done', passing)) === 'drop') return 'connectionReset'
  return effect?.when === 'after' ? effect.reply : { output }
}

function perform(call: Call, service: ServiceName, operation: Operation, asked: Asked): Output {
  const { world, account, region, now } = call
  const { family } = services[service]
  if (
    world.settings.quotas === 'on' &&
    !world.quotas.take(operation.quota, account.id, region, now.getTime(), world.othersShare)
  ) {
    throw throttled(service)
  }
  const input = family === 'query' ? withEmptyLists(asked.input, operation.members) : asked.input
  const invalid = validationText(violations(input, operation.members))
  if (invalid) throw refusal(family, 'invalidInput', invalid)

  const subject: Subject = operation.find(call, input)
  const denied = authorize(call, operation, input, subject)
  if (denied) throw refusal(family, 'accessDenied', denied)
  return operation.run(call, input, subject)
}

function unknownOperation(service: ServiceName, name: string): AwsError {
  const facts = services[service]
  return facts.family === 'query'
    ? new AwsError('InvalidAction', `Could not find operation ${name} for version ${facts.version}`)
    : new AwsError('UnknownOperationException', '', 404)
}

function outcomeOf(reply: Reply | AwsError | { output: Output }): string {
  if (reply instanceof AwsError) return reply.code
  if (typeof reply === 'string') return reply
  return 'status' in reply ? 'html' : 'OK'
}
