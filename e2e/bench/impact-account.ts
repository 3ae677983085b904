import { type Account, analyseAccount, caseOf } from '#lib/access/account.ts'
import { decide } from '#lib/access/decide.ts'
import { explain } from '#lib/access/explain.ts'
import { realAccount } from './impact-inventory.ts'

// A process of its own, so that its memory is that of one analysis: `node impact-account.ts <share of the account>`,
// one line of JSON out.

const account: Account = realAccount(Number(process.argv[2] ?? 1))
const from = performance.now()
const analysis = analyseAccount(account)
let [changes, sentences] = [0, 0]
let step = analysis.next()
while (!step.done) {
  const { principal, resources, actions } = step.value
  changes += resources.length * actions.length
  // One sentence tells of all that change alike.
  const [resource] = resources
  const [action] = actions
  if (resource && action !== undefined) {
    const question = caseOf(principal, resource, action)
    if (explain(question, decide(question, { context: 'open' }))) sentences += 1
  }
  step = analysis.next()
}
const seconds = (performance.now() - from) / 1000
// `maxRSS` is in kilobytes.
const peakMemoryMb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ seconds, peakMemoryMb, changes, sentences, ...step.value }))
