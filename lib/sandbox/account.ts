import type { ListRegionsRequest } from '@aws-sdk/client-account'
import { operation } from './operation.ts'
import { page } from './paging.ts'
import { regionOptStatus } from './regions.ts'

/** @see https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html */
const listRegions = operation<ListRegionsRequest>({
  quota: 'account:all',
  members: {
    AccountId: { type: 'string', pattern: '\\d{12}' },
    MaxResults: { type: 'integer', min: 1, max: 50 },
    NextToken: { type: 'string', min: 0, max: 1000 },
    RegionOptStatusContains: {
      type: 'list',
      member: { type: 'string', values: ['ENABLED', 'ENABLING', 'DISABLING', 'DISABLED', 'ENABLED_BY_DEFAULT'] },
    },
  },
  run(call, { MaxResults = 50, NextToken, RegionOptStatusContains: wanted = [] }) {
    const regions = Object.entries(regionOptStatus)
      .map(([RegionName, RegionOptStatus]) => ({ RegionName, RegionOptStatus }))
      .filter(({ RegionOptStatus }) => wanted.length === 0 || wanted.includes(RegionOptStatus))
    const listId = ['regions', call.account.id, ...wanted].join(' ')
    const badToken = { code: 'ValidationException', message: 'Invalid NextToken' }
    const { items, next } = page(regions, MaxResults, NextToken, listId, badToken)
    return { Regions: items, ...(next && { NextToken: next }) }
  },
})

/** Account Management, as far as the console reads it. */
export const accountOperations = { ListRegions: listRegions }
