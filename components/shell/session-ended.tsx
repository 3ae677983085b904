'use client'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { recheck } from '#components/ui/connection.ts'

/**
 * Covers the page once the gate no longer knows this browser. The page stays below it as it is, so that nothing that was
 * chosen or typed is lost: the new link gives this tab, too, its session back.
 */
export function SessionEnded() {
  const client = useQueryClient()
  const [tried, setTried] = useState(false)
  const goOn = async () => {
    if ((await recheck()) === 'fine') await client.invalidateQueries()
    else setTried(true)
  }
  return (
    <Modal
      visible
      onDismiss={() => void goOn()}
      header="Your session has ended"
      footer={
        <Box float="right">
          <Button variant="primary" onClick={() => void goOn()}>
            I have opened the link: go on
          </Button>
        </Box>
      }
    >
      <Box variant="p">
        Untag was started again, or twelve hours have passed. Press Enter in the terminal that runs Untag and open the
        link that it prints in this browser, in another tab. Then come back: this page is as you left it.
      </Box>
      <Box variant="p">Removals do not need this page; those that were started go on.</Box>
      {tried && <Alert type="warning">The session is not there yet. Open the link first.</Alert>}
    </Modal>
  )
}
