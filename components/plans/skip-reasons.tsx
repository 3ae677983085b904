import { counted } from '#components/ui/counted.ts'
import { sentence } from '#components/ui/problem.ts'
import type { Plan } from '#lib/removal/read-plan.ts'

/** How many resources are left out for which reason. */
export function SkipReasons({ skipped }: { skipped: Plan['skipped'] }) {
  return (
    <ul>
      {skipped.map(({ reason, sentence: why, resources }) => (
        <li key={reason}>
          {counted(resources, 'resource')}: {sentence(why)}
        </li>
      ))}
    </ul>
  )
}
