import { z } from 'zod'
import { isLoopback } from './loopback.ts'
import { defaults } from './settings.ts'

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'write a whole number')
    .transform(Number)
    .refine((number) => number >= min && number <= max, `write a number from ${min} to ${max}`)

const environment = z.object({
  UNTAG_SANDBOX_PORT: wholeNumber(0, 65_535).default(4599),
  UNTAG_SANDBOX_RESOURCES: wholeNumber(0, 200_000).default(defaults.resources),
  UNTAG_SANDBOX_LATENCY_MS: wholeNumber(0, 60_000).default(defaults.latencyMs),
  UNTAG_SANDBOX_QUOTAS: z.enum(['on', 'off'], 'write on or off').default(defaults.quotas),
  UNTAG_SANDBOX_SEED: wholeNumber(0, 2 ** 31 - 1).default(defaults.seed),
  UNTAG_SANDBOX_PARENT: z.enum(['0', '1'], 'write 1 or leave it out').default('0'),
  HOST: z.string().refine(isLoopback, 'the sandbox listens on this machine only: write 127.0.0.1').default('127.0.0.1'),
})

/** The sandbox's settings from the environment; port 0 takes any free one. */
export type Environment = z.infer<typeof environment>

/** Reads the environment, or says in one sentence a variable what is wrong with it. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment | { problems: string[] } {
  const read = environment.safeParse(variables)
  if (read.success) return read.data
  return { problems: read.error.issues.map(({ path, message }) => problem(String(path[0]), variables, message)) }
}

function problem(name: string, variables: NodeJS.ProcessEnv, message: string): string {
  return `${name} is \`${variables[name]}\`: ${message}`
}
