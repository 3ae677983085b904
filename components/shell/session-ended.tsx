'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'

/** Takes the place of the page once the gate no longer knows this browser; nothing else can work. */
export function SessionEnded() {
  return (
    <main className="untag-alone">
      <Container header={<Header variant="h1">Your session has ended</Header>}>
        <Box variant="p">
          Untag was started again, or twelve hours have passed. Press Enter in the terminal that runs Untag and open the
          link that it prints. Removals that were running go on, or have already ended; nothing is lost.
        </Box>
        <Button variant="primary" onClick={() => window.location.reload()}>
          I have opened the link: load this page again
        </Button>
      </Container>
    </main>
  )
}
