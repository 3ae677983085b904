import { parentPort, workerData } from 'node:worker_threads'
import { analysis } from './analysis.ts'
import type { AnalysisInput, Answer } from './messages.ts'

// The thread of one analysis: each message asks for the next step, and brings what the last one wanted.

const steps = analysis(workerData as AnalysisInput)
parentPort?.on('message', (answer: Answer) => parentPort?.postMessage(steps.next(answer).value))
