import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { paths } from '#lib/paths.ts'

export const NOTHING_HERE = 'There is nothing at this address'

/** Why an address may lead nowhere, and the way on. */
export function NothingHere() {
  return (
    <Alert type="info" action={<Button href={paths.resources()}>Go to the resources</Button>}>
      The address may be mistyped, or it belongs to another AWS identity than the one that is signed in now. A review
      that was never started is purged after as many days as old values are kept.
    </Alert>
  )
}
