'use client'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'

/** Back to where resources and tags are chosen. A plan itself never changes. */
export function ChangeSelection() {
  return <SoftLink href={paths.resources()}>Change selection</SoftLink>
}
