'use client'
import Link, { type LinkProps } from '@cloudscape-design/components/link'
import { useRouter } from 'next/navigation'

/** Cloudscape's link, which follows addresses of the console without loading the page anew. */
export function SoftLink({ href, ...props }: LinkProps & { href: string }) {
  const router = useRouter()
  return (
    <Link
      {...props}
      href={href}
      onFollow={(event) => {
        event.preventDefault()
        router.push(href)
      }}
    />
  )
}
