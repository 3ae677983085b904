import { randomUUID } from 'node:crypto'
import { openAws } from '../aws/clients.ts'
import { readIdentity } from '../aws/identity.ts'
import { isExpectedError } from '../errors.ts'
import { readArguments, usage, type VerifyArguments } from './arguments.ts'
import { announcement, isGood, line, summary } from './report.ts'
import type { Place } from './rule.ts'
import { verify } from './verify.ts'

const exit = { good: 0, bad: 1, malformed: 2, stopped: 130 }
const POLL_SECONDS = 2

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
// Somebody who closes the output early must not keep the deletion from being scheduled.
for (const output of [process.stdout, process.stderr]) output.on('error', () => stopping.abort())
process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args)
  if (wanted === 'help') {
    console.log(usage)
    return exit.good
  }
  if ('problem' in wanted) return refuse(wanted.problem)
  try {
    const place = await readPlace(wanted)
    if (place === undefined) return refuse('your AWS settings name no Region; add --region, for example eu-central-1')
    return await run(place, wanted.json)
  } catch (error) {
    if (!isExpectedError(error)) throw error
    console.error(error.message)
    return exit.bad
  }
}

function refuse(problem: string): number {
  console.error(`${problem}\nnpm run verify-live -- --help says more`)
  return exit.malformed
}

async function readPlace({ region, roleArn, waitSeconds }: VerifyArguments): Promise<Place | undefined> {
  const aws = openAws()
  const where = region ?? (await aws.defaultRegion())
  if (where === null) return undefined
  const patience = { maxSeconds: waitSeconds, everySeconds: POLL_SECONDS }
  return { aws, identity: await readIdentity(aws), region: where, roleArn, patience, signal: stopping.signal }
}

async function run(place: Place, json: boolean): Promise<number> {
  const runId = randomUUID().slice(0, 8)
  const say = json ? console.error : console.log
  say(`${announcement(place, runId)}\n`)
  stopping.signal.addEventListener('abort', () => say('Stopping; the deletion of what was created comes first.'))
  const found = await verify(place, runId, {
    made: (arn) => say(`created ${arn}`),
    found: (finding) => say(line(finding)),
    scheduled: (arn) => say(`scheduled for deletion ${arn}`),
  })
  say(`\n${summary(found)}`)
  const { account, partition } = place.identity
  const where = { account, partition, region: place.region, endpoint: place.identity.endpoint }
  if (json) console.log(JSON.stringify({ ...where, triedAt: new Date().toISOString(), ...found }, null, 2))
  if (stopping.signal.aborted) return exit.stopped
  return isGood(found) ? exit.good : exit.bad
}
