import { Arbitrary, type Random, Stream, Value } from 'fast-check'
import { services } from './alphabet.ts'
import type { CaseFile, Layer, PolicyFile } from './case-file.ts'
import { type Dice, diceOf } from './dice.ts'
import { delegation, grant, layerPolicy, levels, type Plot } from './generate-layers.ts'
import type { Scene } from './generate-policy.ts'
import {
  type CaseKind,
  generatePlot,
  generateScene,
  generateWay,
  isRole,
  linkedContext,
  type Way,
} from './generate-scene.ts'
import { smaller } from './shrink-case.ts'

/** Cases of the impact file in which a tag mostly matters, in any layer and by any operator; shrunk part by part. */
export function caseArbitrary(kind: CaseKind): Arbitrary<CaseFile> {
  return new CaseArbitrary(kind)
}

class CaseArbitrary extends Arbitrary<CaseFile> {
  readonly #kind: CaseKind
  constructor(kind: CaseKind) {
    super()
    this.#kind = kind
  }
  generate(random: Random): Value<CaseFile> {
    return new Value(generateCase(diceOf(random), this.#kind), undefined)
  }
  canShrinkWithoutContext(value: unknown): value is CaseFile {
    return typeof value === 'object'
  }
  shrink(value: CaseFile): Stream<Value<CaseFile>> {
    return Stream.of(...smaller(value)).map((each) => new Value(each, undefined))
  }
}

function generateCase(dice: Dice, { service, context }: CaseKind): CaseFile {
  const scene = generateScene(dice, service, context)
  const plot = generatePlot(dice, scene)
  const way = generateWay(dice, scene, plot)
  const kind = scene.principalKind
  const has = (layer: Layer, share: number) => plot.layer === layer || dice.chance(share)
  const write = (layer: Layer) => layerPolicy(dice, scene, plot, layer)
  const inGroup = kind === 'user' && has('group', 0.2)
  const hasIdentity = way.identity && (plot.layer === 'identity' || !inGroup)

  const file: CaseFile = {
    id: 'case',
    principal: {
      ...scene.principal,
      ...(scene.sessionTags && { sessionTags: scene.sessionTags }),
      identityPolicies: hasIdentity ? [write('identity')] : [],
      ...(inGroup && { groups: [{ name: 'devs', policies: [write('group')] }] }),
      ...((isRole(kind) || kind === 'user') && has('boundary', 0.12) && { boundary: write('boundary') }),
      ...(isRole(kind) && has('session', 0.12) && { sessionPolicy: write('session') }),
    },
    ...(has('scp', 0.2) && { scps: levels(dice, scene, plot, 'scp') }),
    ...(has('rcp', 0.15) && { rcps: levels(dice, scene, plot, 'rcp') }),
    resource: {
      arn: services[service].arn,
      type: services[service].type,
      ...scene.resource,
      policy: resourcePolicy(dice, scene, plot, way),
      ...(way.grant && { grants: [grant(dice, scene)] }),
    },
    action: scene.action,
    removeTags: scene.removeTags,
  }
  const linked = linkedContext(scene)
  return Object.keys(linked).length > 0 ? { ...file, context: linked } : file
}

function resourcePolicy(dice: Dice, scene: Scene, plot: Plot, way: Way): PolicyFile | null {
  const written = way.resource || plot.layer === 'resource' ? layerPolicy(dice, scene, plot, 'resource') : undefined
  if (!way.delegation) return written ?? null
  return { Version: '2012-10-17', Statement: [delegation(dice, scene), ...(written?.Statement ?? [])] }
}
