import Box from '@cloudscape-design/components/box'
import type { Metadata } from 'next'
import { NOTHING_HERE, NothingHere } from '#components/shell/nothing-here.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="untag-alone">
      <Box variant="h1" padding={{ bottom: 's' }}>
        {NOTHING_HERE}
      </Box>
      <NothingHere />
    </main>
  )
}
