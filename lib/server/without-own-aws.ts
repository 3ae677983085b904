import { join } from 'node:path'
import { root } from './next.ts'

const absent = join(root, '.cache', 'no-aws-configuration')

/**
 * An environment in which nothing of the operator's own AWS settings, instance role or database is left, so that what
 * is tried on the sandbox can never reach a real account.
 */
export function withoutOwnAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('AWS_') && name !== 'DATABASE_URL')
  return {
    ...(Object.fromEntries(kept) as NodeJS.ProcessEnv),
    AWS_CONFIG_FILE: absent,
    AWS_SHARED_CREDENTIALS_FILE: absent,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}
