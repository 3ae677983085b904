import { useMutation, useQueryClient } from '@tanstack/react-query'
import { change } from '#components/ui/read.ts'
import type { InventoryStatus } from '#lib/inventory/status.ts'
import type { ResourcesActions } from './actions.ts'
import { inventoryKey } from './query-keys.ts'

export interface Scan {
  /** Starts one, of all enabled Regions when none are named. */
  start: (regions: string[] | undefined) => void
  isStarting: boolean
  isRunning: boolean
  error: Error | null
}

/** Starting a scan, and whether one runs; who started it does not matter. */
export function useScan(actions: ResourcesActions, inventory: InventoryStatus | undefined): Scan {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (regions: string[] | undefined) => change(actions.startScan, regions ? { regions } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: inventoryKey }),
  })
  return {
    start: (regions) => mutate(regions),
    isStarting: isPending,
    isRunning: inventory?.scan?.state === 'scanning',
    error,
  }
}
