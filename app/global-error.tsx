'use client'

// Replaces the root layout, so it brings a document of its own and no styles that might be what failed.
export default function GlobalErrorPage({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Untag</title>
        <main>
          <h1>Something went wrong on our side</h1>
          <p>No page could be shown. Removals that are running go on. The terminal that runs Untag has the details.</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
