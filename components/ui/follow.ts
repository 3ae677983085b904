'use client'
import { useRouter } from 'next/navigation'

/** An `onFollow` for Cloudscape's links, buttons and menus: to addresses of the console, without loading the page anew. */
export function useFollow() {
  const router = useRouter()
  return (event: Pick<CustomEvent<{ href?: string | undefined }>, 'preventDefault' | 'detail'>) => {
    event.preventDefault()
    if (event.detail.href !== undefined) router.push(event.detail.href)
  }
}
