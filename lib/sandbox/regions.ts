/** Region → its opt-in status for the sandbox's accounts, as account:ListRegions answers. */
export const regionOptStatus = {
  'af-south-1': 'DISABLED',
  'ap-east-1': 'DISABLED',
  'ap-northeast-1': 'ENABLED_BY_DEFAULT',
  'ap-northeast-2': 'ENABLED_BY_DEFAULT',
  'ap-northeast-3': 'ENABLED_BY_DEFAULT',
  'ap-south-1': 'ENABLED_BY_DEFAULT',
  'ap-south-2': 'DISABLED',
  'ap-southeast-1': 'ENABLED_BY_DEFAULT',
  'ap-southeast-2': 'ENABLED_BY_DEFAULT',
  'ap-southeast-3': 'DISABLED',
  'ap-southeast-4': 'DISABLED',
  'ap-southeast-5': 'DISABLED',
  'ca-central-1': 'ENABLED_BY_DEFAULT',
  'ca-west-1': 'DISABLED',
  'eu-central-1': 'ENABLED_BY_DEFAULT',
  'eu-central-2': 'ENABLED',
  'eu-north-1': 'ENABLED_BY_DEFAULT',
  'eu-south-1': 'DISABLED',
  'eu-south-2': 'DISABLED',
  'eu-west-1': 'ENABLED_BY_DEFAULT',
  'eu-west-2': 'ENABLED_BY_DEFAULT',
  'eu-west-3': 'ENABLED_BY_DEFAULT',
  'il-central-1': 'DISABLED',
  'me-central-1': 'DISABLED',
  'me-south-1': 'DISABLED',
  'sa-east-1': 'ENABLED_BY_DEFAULT',
  'us-east-1': 'ENABLED_BY_DEFAULT',
  'us-east-2': 'ENABLED_BY_DEFAULT',
  'us-west-1': 'ENABLED_BY_DEFAULT',
  'us-west-2': 'ENABLED_BY_DEFAULT',
} as const satisfies Record<string, 'DISABLED' | 'ENABLED' | 'ENABLED_BY_DEFAULT'>

/** Enabled Regions in the order in which the demo data spreads over them: the first five by default. */
export const regionsByUse = [
  'eu-central-1',
  'us-east-1',
  'eu-west-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-northeast-1',
  'eu-north-1',
  'us-east-2',
  'ca-central-1',
  'sa-east-1',
  'ap-south-1',
  'eu-west-2',
  'ap-southeast-2',
  'eu-west-3',
  'us-west-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'eu-central-2',
] as const satisfies (keyof typeof regionOptStatus)[]

/** Whether accounts of the sandbox may use the Region: false for opt-in Regions left off and for misspelt names. */
export function isEnabled(region: string): boolean {
  return (regionsByUse as readonly string[]).includes(region)
}
