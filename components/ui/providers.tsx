'use client'
import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { noteFailure, noteSuccess } from './connection.ts'

/** What every page stands in: the texts of Cloudscape's own controls, and the cache of queries. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient)
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </I18nProvider>
  )
}

function createClient() {
  const told = { onError: (error: Error) => void noteFailure(error), onSuccess: noteSuccess }
  return new QueryClient({
    queryCache: new QueryCache(told),
    mutationCache: new MutationCache(told),
    // The console runs on this machine and retries AWS itself: a failure is told at once.
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
  })
}
