import type { Tags } from '../state.ts'

/** Who made a resource, which decides what its tags say. */
export interface Subject {
  readonly team: string
  readonly app: string
  readonly env: string
}

const costCenters: Readonly<Record<string, string>> = {
  payments: '4100',
  identity: '4120',
  'data-platform': '5200',
  mobile: '5310',
  platform: '6000',
  marketing: '7150',
}

/** The company's teams. */
export const teams = Object.keys(costCenters)

const mail = ({ team }: Subject) => `${team}@example.com`
const cost = ({ team }: Subject) => costCenters[team] ?? ''

/** The habits of tagging that have grown over the years: one standard and many variants of it. */
export const taggings = {
  standard: (s) => ({ Owner: mail(s), CostCenter: cost(s), Environment: s.env, Application: s.app }),
  terraform: (s) => ({
    Owner: mail(s),
    CostCenter: cost(s),
    Environment: s.env,
    Application: s.app,
    ManagedBy: 'terraform',
  }),
  lowerCase: (s) => ({ owner: s.team, 'cost-center': cost(s), env: s.env, app: s.app }),
  upperCase: (s) => ({ OWNER: s.team.toUpperCase(), COSTCENTER: cost(s), ENV: s.env.toUpperCase() }),
  trailingSpace: (s) => ({ 'OWNER ': s.team, 'cost-center': cost(s), Environment: s.env }),
  doubled: (s) => ({
    Owner: mail(s),
    owner: s.team,
    CostCenter: cost(s),
    'cost-center': `CC-${cost(s)}`,
    Environment: s.env,
  }),
  legacy: (s) => ({ owner: 'jsmith', costcenter: '', Name: s.app, 'created-by': 'console', temp: 'true' }),
  emptied: (s) => ({ Owner: '', CostCenter: '', Environment: s.env }),
  stack: (s) => ({
    'aws:cloudformation:stack-name': `${s.team}-${s.app}`,
    'aws:cloudformation:stack-id': `arn:aws:cloudformation:eu-central-1:111122223333:stack/${s.team}-${s.app}/5b1f2d90-9c3e-11ee-b9d1-0242ac120002`,
    'aws:cloudformation:logical-id': 'Encryption',
    Owner: mail(s),
    owner: s.team,
  }),
  none: () => ({}),
} as const satisfies Record<string, (subject: Subject) => Record<string, string>>

export type Tagging = keyof typeof taggings

/** Single oddities, added to a resource's tags. */
export const oddities = {
  fiftyTags: (tags) => {
    const free = 50 - Object.keys(tags).length
    return Object.fromEntries(
      Array.from({ length: free }, (_, index) => [`import:field-${index + 1}`, `value ${index + 1}`]),
    )
  },
  longValue: () => ({ Notes: 'Moved here from the old account; ask before you delete it. '.repeat(5).slice(0, 256) }),
  longTagKey: () => ({ ['com.example.infrastructure.inventory.classification.'.repeat(3).slice(0, 128)]: 'yes' }),
  unicode: () => ({ 部門: '決済', Équipe: 'Sécurité', Größe: 'übergroß' }),
  mailAsTagKey: () => ({ 'ada.lovelace@example.com': 'asked for this' }),
  passwordAsTagKey: () => ({ password: 'see wiki', 'db-password-rotation': '2023-11' }),
  quarantine: () => ({ quarantine: 'true' }),
  // As ROSA's installer asks for it: policies of AWS for OpenShift let its roles use such keys only.
  openShift: () => ({ 'red-hat': 'true' }),
  dataClass: () => ({ DataClass: 'PCI', Project: 'Alpha' }),
} as const satisfies Record<string, (tags: Record<string, string>) => Record<string, string>>

export type Oddity = keyof typeof oddities

/** The tags of a resource by its habit and oddities. */
export function tagsOf(subject: Subject, tagging: Tagging, odd: readonly Oddity[] = []): Tags {
  const tags: Record<string, string> = { ...taggings[tagging](subject) }
  for (const oddity of odd) Object.assign(tags, oddities[oddity](tags))
  return new Map(Object.entries(tags))
}
