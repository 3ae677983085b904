// A process of its own: the oracle is AGPL-3.0 and only ever spoken to over a pipe. One simulation a line in, one
// decision a line out.
import { createInterface } from 'node:readline'
import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate'

for await (const line of createInterface({ input: process.stdin })) {
  let said
  try {
    said = runUnsafeSimulation(JSON.parse(line), {})
  } catch (error) {
    said = `error: ${error.message}`
  }
  process.stdout.write(`${JSON.stringify(said)}\n`)
}
