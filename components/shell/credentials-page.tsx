'use client'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useRouter } from 'next/navigation'
import { useEffect, useTransition } from 'react'
import { Command } from '#components/ui/command.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { Problem } from '#lib/errors.ts'
import { identityTitle } from './identity-titles.ts'

const RETRY_EVERY_MS = 5000

/** What stands in the backticks of a message and begins with a command of a terminal. */
const commandsIn = (message: string) =>
  [...message.matchAll(/`((?:aws|export|unset|set) [^`]+)`/g)].map((match) => match[1] ?? '')

/** Says why AWS does not know us and how to mend it, and goes on by itself as soon as it is mended. */
export function CredentialsPage({ problem }: { problem: Problem }) {
  const router = useRouter()
  const [trying, startTrying] = useTransition()
  useEffect(() => {
    const timer = setInterval(() => startTrying(() => router.refresh()), RETRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [router])
  const commands = commandsIn(problem.message)
  return (
    <ContentLayout header={<Header variant="h1">{identityTitle(problem)}</Header>}>
      <Container>
        <SpaceBetween size="l">
          <Alert type="warning">
            <Prose text={problem.message} />
          </Alert>
          {commands.length > 0 && (
            <div>
              <Box variant="awsui-key-label">In a terminal</Box>
              {commands.map((command) => (
                <Command key={command} text={command} />
              ))}
            </div>
          )}
          <Box variant="p" color="text-body-secondary">
            Untag uses the credentials that every AWS tool on this computer uses. This page asks AWS again every few
            seconds: what was renewed in a file, a profile or a sign-in is seen by itself; what an environment variable
            holds, at a start only.
          </Box>
          <Button loading={trying} loadingText="Asking AWS" onClick={() => startTrying(() => router.refresh())}>
            Try again
          </Button>
        </SpaceBetween>
      </Container>
    </ContentLayout>
  )
}
