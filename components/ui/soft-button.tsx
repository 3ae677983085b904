'use client'
import Button, { type ButtonProps } from '@cloudscape-design/components/button'
import { useRouter } from 'next/navigation'

/** Cloudscape's button that leads somewhere, which follows addresses of the console without loading the page anew. */
export function SoftButton({ href, ...props }: ButtonProps & { href: string }) {
  const router = useRouter()
  return (
    <Button
      {...props}
      href={href}
      onFollow={(event) => {
        event.preventDefault()
        router.push(href)
      }}
    />
  )
}
