// The peer, @cloud-copilot/iam-simulate (AGPL-3.0, development only), in a process of its own: reads a list of
// simulations, decides them one after the other and prints the decisions and how many seconds they took.
// `runSimulation` is its fastest entry that is of use: `runUnsafeSimulation` fails on every resource policy.
import { text } from 'node:stream/consumers'
import { runSimulation } from '@cloud-copilot/iam-simulate'

const simulations = JSON.parse(await text(process.stdin))
const from = performance.now()
const decisions = []
for (const simulation of simulations) decisions.push((await runSimulation(simulation, {})).overallResult)
const seconds = (performance.now() - from) / 1000
console.log(JSON.stringify({ decisions, seconds }))
