'use client'
import Button, { type ButtonProps } from '@cloudscape-design/components/button'
import { useFollow } from './follow.ts'

/** Cloudscape's button that leads somewhere in the console: see {@link useFollow}. */
export function SoftButton({ href, ...props }: ButtonProps & { href: string }) {
  return <Button {...props} href={href} onFollow={useFollow()} />
}
