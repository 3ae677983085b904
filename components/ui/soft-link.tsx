'use client'
import Link, { type LinkProps } from '@cloudscape-design/components/link'
import { useFollow } from './follow.ts'

/** Cloudscape's link to somewhere in the console: see {@link useFollow}. */
export function SoftLink({ href, ...props }: LinkProps & { href: string }) {
  return <Link {...props} href={href} onFollow={useFollow()} />
}
