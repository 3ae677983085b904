import type { ResetChange } from '#lib/sandbox/settings.ts'
import type { Dice } from './dice.ts'

type Specs = NonNullable<ResetChange['exactly']>

// So that each Region is busy for a while, whatever the number of resources.
const PER_REGION = 33
// KMS allows a tenth of Secrets Manager's pace, so fewer keys take as long.
const KEYS_SHARE = 0.12
const regions = [
  ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  ['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-north-1'],
  ['ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'ap-south-1'],
].flat()

/** The tag keys that are removed, and one that nobody touches. */
export const chosenKeys = ['temp', 'Owner'] as const
export const keptKey = 'env'
// All that AWS accepts in a value: letters of any script, digits, spaces and _ . : / = + - @
const values = ['', 'true', 'pay', 'Ada Lovelace', 'a_b.c:d/e=f+g-h@i', 'Größe π 大きさ', ' ', 'a'.repeat(256)]

/** Keys and secrets over up to twelve Regions; most have both tags that are removed, some only one. */
export function accountOf(dice: Dice, resources: number): Specs {
  const inUse = regions.slice(0, Math.ceil(resources / PER_REGION))
  return Array.from({ length: resources }, (_, index) => {
    const region = inUse[index % inUse.length] ?? 'eu-central-1'
    const tags = Object.fromEntries([
      [keptKey, dice.one(values)],
      ['temp', dice.one(values)],
      ...(dice.chance(0.7) ? [['Owner', dice.one(values)]] : []),
    ])
    return index < resources * KEYS_SHARE
      ? { type: 'key', region, tags }
      : { type: 'secret', region, name: `chaos/${index}`, tags }
  })
}
