import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import type { Metadata } from 'next'
import { paths } from '#lib/paths.ts'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="untag-alone">
      <h1>There is nothing at this address</h1>
      <Alert type="info" action={<Button href={paths.resources()}>Go to the resources</Button>}>
        The address may be mistyped, or it belongs to another AWS identity than the one that is signed in now.
      </Alert>
    </main>
  )
}
