'use client'
import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { Prose } from '#components/ui/prose.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import type { AuditFinding, AuditStatus, AuditVerification } from '#lib/audit-status.ts'
import { paths } from '#lib/paths.ts'
import styles from './audit.module.css'

/** How the log stands, in one line, and as text alone, for it stands within a paragraph: how much there is, what was verified, when it was signed last. */
export function LogStatus({ status: { events, chains, checkpoint, unsigned, verification } }: { status: AuditStatus }) {
  return (
    <span className={styles.status}>
      <span>
        {counted(events, 'event')} in {counted(chains, 'chain')}
      </span>
      <span>
        {checkpoint === null ? (
          'no signed checkpoint yet'
        ) : (
          <>
            last signed checkpoint <Instant at={checkpoint.at} as="age" />
          </>
        )}
        {checkpoint !== null && unsigned > 0 && `, ${counted(unsigned, 'event')} since`}
      </span>
      <Verified verification={verification} />
    </span>
  )
}

function Verified({ verification }: { verification: AuditVerification }) {
  switch (verification.state) {
    case 'never':
      return <StatusIndicator type="pending">not verified since the console was started</StatusIndicator>
    case 'running':
      return (
        <StatusIndicator type="in-progress">
          verifying: {figure(verification.done)} of {figure(verification.total)}
        </StatusIndicator>
      )
    case 'failed':
      return <StatusIndicator type="error">could not be verified</StatusIndicator>
    case 'done':
      return verification.findings.length === 0 ? (
        <StatusIndicator>
          {counted(verification.chains, 'chain')} whole and as signed, verified{' '}
          <Instant at={verification.at} as="age" />
        </StatusIndicator>
      ) : (
        <StatusIndicator type="error">{counted(verification.findings.length, 'finding')}</StatusIndicator>
      )
  }
}

/** Loudly, what is wrong with the log; nothing when nothing is. */
export function LogFindings({ status: { foundAtStart, problem, verification } }: { status: AuditStatus }) {
  const found = verification.state === 'done' ? verification.findings : []
  return (
    <SpaceBetween size="s">
      {foundAtStart.length > 0 && (
        <Alert type="error" header="When the console was started, the log was not as it had been signed">
          <Findings of={foundAtStart} />
          <p>
            This start is recorded, and the log is signed from there on. <WhatToDo />
          </p>
        </Alert>
      )}
      {found.length > 0 && (
        <Alert type="error" header="The log was changed">
          <Findings of={found} />
          <p>
            <WhatToDo />
          </p>
        </Alert>
      )}
      {verification.state === 'failed' && (
        <ErrorNote title="The log could not be verified" error={verification.problem} />
      )}
      {problem !== null && (
        <Alert type="warning" header="The newest events are not signed">
          <Prose text={problem} />
        </Alert>
      )}
    </SpaceBetween>
  )
}

function WhatToDo() {
  return (
    <>
      Keep copies of the database and of the folder of the checkpoints as they are now. Then save “Signed log as JSONL”:{' '}
      <code>npm run verify-audit</code>, with checkpoints that were kept elsewhere, shows what was changed and since
      when.
    </>
  )
}

const SHOWN_MAX = 20

function Findings({ of: findings }: { of: readonly AuditFinding[] }) {
  return (
    <>
      <ul className="untag-tight-list">
        {findings.slice(0, SHOWN_MAX).map(({ chain, seq, message }) => (
          <li key={`${chain} ${seq} ${message}`}>
            <Prose text={message} />{' '}
            {chain !== null && seq !== null && (
              <SoftLink href={paths.audit({ event: { chain, seq } })}>{`Event ${seq}`}</SoftLink>
            )}
          </li>
        ))}
      </ul>
      {findings.length > SHOWN_MAX && <div>and {figure(findings.length - SHOWN_MAX)} more</div>}
    </>
  )
}
