'use client'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'

interface ErrorPageProps {
  error: Error & { digest?: string }
  reset: () => void
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="untag-alone">
      <Box variant="h1" padding={{ bottom: 's' }}>
        Something went wrong on our side
      </Box>
      <Alert type="error" action={<Button onClick={reset}>Try again</Button>}>
        This page could not be shown. Removals that are running go on. The terminal that runs Untag has the details
        {error.digest ? ` under ${error.digest}` : ''}.
      </Alert>
    </main>
  )
}
