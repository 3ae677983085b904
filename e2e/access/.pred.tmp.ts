import { startSandbox } from '../support/sandbox.ts'
import { runCampaign } from './prediction/campaign.ts'
import { openCaller } from './prediction/open-callers.ts'
import { organization } from './prediction/organization.ts'
import { callers, principals } from './prediction/principals.ts'
import { readWorld } from './prediction/read-world.ts'
import { campaigns, resources } from './prediction/resources.ts'
import { own, partner } from './prediction/statements.ts'
const t0 = performance.now()
const say = (s: string) => console.log((performance.now() - t0).toFixed(0), s, Math.round(process.cpuUsage().user / 1000))
const sandbox = await startSandbox({ quotas: 'off', principals, organization, exactly: resources })
say('started')
const { reading, identities } = await readWorld(sandbox)
say(`read ${reading.resources.length}`)
const opened = await Promise.all(callers.map((caller) => openCaller(sandbox, caller, identities)))
say(`opened ${opened.length}`)
const operators = new Map(await Promise.all([own, partner].map(async (accountId) => [accountId, await openCaller(sandbox, { accountId, role: 'TagOperator' }, identities)] as const)))
for (const tagKeys of campaigns) {
  const trials = await runCampaign({ sandbox, reading, callers: opened, operators, tagKeys })
  say(`${trials.length} trials`)
  const decisionOf = (outcome: string) => (outcome === 'blocked' ? 'allow' : outcome)
  for (const { combination: { caller, attempt, target, tagKeys }, predicted, before, after } of trials.filter(({ predicted, before, after }) => predicted.before !== decisionOf(before) || predicted.after !== decisionOf(after)))
    console.log(`  ${caller.principal.arn} ${attempt.action} ${target.resource.arn} without ${tagKeys}: predicted ${predicted.before} → ${predicted.after}, seen ${before} → ${after}`)
}
await sandbox.stop()
