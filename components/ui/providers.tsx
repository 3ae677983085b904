'use client'
import { I18nProvider } from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type Connection, ConnectionContext, diagnose } from './connection.tsx'

/** What every page stands in: the texts of Cloudscape's own controls, the cache of queries, the state of the connection. */
export function Providers({ children }: { children: ReactNode }) {
  const [connection, setConnection] = useState<Connection>('fine')
  const [client] = useState(() => createClient(setConnection))
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={client}>
        <ConnectionContext value={connection}>{children}</ConnectionContext>
      </QueryClientProvider>
    </I18nProvider>
  )
}

function createClient(setConnection: (connection: Connection) => void) {
  const onError = (error: Error) => void diagnose(error).then(setConnection)
  const onSuccess = () => setConnection('fine')
  return new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess }),
    mutationCache: new MutationCache({ onError, onSuccess }),
    // The console runs on this machine and retries AWS itself: a failure is told at once.
    defaultOptions: { queries: { retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
  })
}
