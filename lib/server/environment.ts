import { join, resolve } from 'node:path'
import { z } from 'zod'
import { ExpectedError } from '../errors.ts'

export interface Environment {
  /** First choice; the next free one is taken when it is in use. 0 asks the system for any free port. */
  port: number
  /** Absolute. Holds the embedded database, its journal and its lock. */
  dataFolder: string
  /** Absolute. Holds what vouches for the audit log: the signed checkpoints and their key. */
  auditFolder: string
  databaseUrl?: string
  databaseOwnerUrl?: string
}

const loopbackNames = ['127.0.0.1', 'localhost']
const numberText = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number)
const urlOf = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))

/** Everything that Untag itself reads from its environment, each with what to write instead of a bad value. */
const variables = {
  PORT: {
    schema: numberText.pipe(z.int().min(0).max(65_535)),
    wants: 'a whole number from 0 to 65535, for example PORT=4400',
  },
  HOST: {
    schema: z.enum(loopbackNames),
    wants:
      '127.0.0.1, because this console acts with your AWS credentials and must not be reachable from a network; unset HOST',
  },
  UNTAG_AUDIT: {
    schema: z.string().regex(/^[^\0]+$/),
    wants: 'a folder, for example UNTAG_AUDIT=/var/lib/untag-audit',
  },
  UNTAG_DATA: { schema: z.string().regex(/^[^\0]+$/), wants: 'a folder, for example UNTAG_DATA=./data' },
  DATABASE_URL: {
    schema: urlOf('postgres:', 'postgresql:'),
    wants: 'a PostgreSQL address, for example DATABASE_URL=postgres://untag@localhost:5432/untag',
    secret: true,
  },
  DATABASE_OWNER_URL: {
    schema: urlOf('postgres:', 'postgresql:'),
    wants:
      'the address in DATABASE_URL with the role that owns the tables, for example postgres://owner@localhost:5432/untag',
    secret: true,
  },
  UNTAG_SHARE: {
    schema: numberText.pipe(z.number().min(0.05).max(1)),
    wants: "a share of AWS's request quotas from 0.05 to 1, for example UNTAG_SHARE=0.8",
  },
  UNTAG_CANARY_WAIT: {
    schema: numberText.pipe(z.int().min(0).max(3600)),
    wants: 'whole seconds from 0 to 3600, for example UNTAG_CANARY_WAIT=300',
  },
  AWS_ENDPOINT_URL: {
    // AWS's own tools take an empty one as unset.
    schema: z.literal('').or(urlOf('http:', 'https:')),
    wants: 'an http or https address, for example AWS_ENDPOINT_URL=http://127.0.0.1:4599; unset it to use AWS itself',
  },
} satisfies Record<string, { schema: z.ZodType; wants: string; secret?: boolean }>

type Name = keyof typeof variables

/**
 * Reads and checks the environment. UNTAG_SHARE, UNTAG_CANARY_WAIT and AWS_ENDPOINT_URL are only checked: who needs them reads them.
 *
 * @throws ExpectedError `invalidInput` with one sentence for each variable that cannot be used
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const names = Object.keys(variables) as Name[]
  const problems = names.map((name) => problemOf(name, env[name])).filter((problem) => problem !== undefined)
  if (env.DATABASE_OWNER_URL !== undefined && env.DATABASE_URL === undefined)
    problems.push('DATABASE_OWNER_URL is set without DATABASE_URL, which it belongs to; set both or neither')
  if (problems.length > 0) throw new ExpectedError('invalidInput', problems.join('\n'))

  const dataFolder = resolve(env.UNTAG_DATA ?? 'data')
  return {
    port: Number(env.PORT ?? 4400),
    dataFolder,
    auditFolder: resolve(env.UNTAG_AUDIT ?? join(dataFolder, 'audit')),
    ...(env.DATABASE_URL && { databaseUrl: env.DATABASE_URL }),
    ...(env.DATABASE_OWNER_URL && { databaseOwnerUrl: env.DATABASE_OWNER_URL }),
  }
}

function problemOf(name: Name, value: string | undefined): string | undefined {
  const { schema, wants, ...rest } = variables[name]
  if (value === undefined || schema.safeParse(value).success) return undefined
  // A mistyped DATABASE_URL may still hold the password.
  const shown = 'secret' in rest ? 'has a value that cannot be used' : `is \`${value}\``
  return `${name} ${shown}; it must be ${wants}`
}
