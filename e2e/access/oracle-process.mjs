// A process of its own: the oracle is AGPL-3.0 and only ever spoken to over a pipe. One simulation a line in, one
// decision a line out.
import { createInterface } from 'node:readline'
import { runSimulation } from '@cloud-copilot/iam-simulate'

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await decisionOn(JSON.parse(line)))}\n`)
}

async function decisionOn(simulation) {
  try {
    const { overallResult, errors } = await runSimulation(simulation, {})
    return overallResult ?? `refused: ${JSON.stringify(errors)}`
  } catch (error) {
    return `failed: ${error.message}`
  }
}
