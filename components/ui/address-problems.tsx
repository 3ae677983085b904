'use client'
import Alert from '@cloudscape-design/components/alert'
import { Prose } from '#components/ui/prose.tsx'

/** Says quietly which parts of the address were not understood. */
export function AddressProblems({ problems }: { problems: string[] }) {
  return (
    <Alert type="info">
      {problems.map((problem) => (
        <div key={problem}>
          <Prose text={problem} />
        </div>
      ))}
    </Alert>
  )
}
