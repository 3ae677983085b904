import { paginateListRegions } from '@aws-sdk/client-account'
import { isExpectedError } from '../errors.ts'
import type { Aws } from './clients.ts'
import { translatedPages } from './translated-pages.ts'

const REGIONS_PER_PAGE = 50

/**
 * Regions per partition, for callers that may not ask which ones their account has enabled.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const partitionRegions: Record<string, string[] | undefined> = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-eusc': ['eusc-de-east-1'],
}

/**
 * The Regions to look into: those that the account has enabled, or all of the partition when that may not be asked; the
 * note then says so. Regions that are not enabled answer with an error of their own, so none is missed.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 */
export async function enabledRegions(aws: Aws, partition: string): Promise<{ regions: string[]; note: string | null }> {
  try {
    const regions: string[] = []
    const pages = paginateListRegions(
      { client: aws.account(), pageSize: REGIONS_PER_PAGE },
      { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
    )
    for await (const page of translatedPages({ operation: 'account:ListRegions' }, pages)) {
      regions.push(...(page.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? []))
    }
    return { regions: regions.sort(), note: null }
  } catch (error) {
    const regions = partitionRegions[partition] ?? [(await aws.defaultRegion()) ?? []].flat()
    if (!isExpectedError(error) || error.code.startsWith('credentials') || regions.length === 0) throw error
    return {
      regions,
      note: `which Regions are enabled could not be read, so all known ones were tried (${error.message})`,
    }
  }
}
