import type { Metadata } from 'next'
import { NOTHING_HERE, NothingHere } from '#components/shell/nothing-here.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="untag-alone">
      <h1>{NOTHING_HERE}</h1>
      <NothingHere />
    </main>
  )
}
