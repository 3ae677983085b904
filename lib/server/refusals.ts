import type { IncomingMessage, ServerResponse } from 'node:http'

interface Refusal {
  status: number
  title: string
  /** What happened and what to do, in plain text. `{url}` stands for the console's own address. */
  advice: string
}

/** Every answer that the gate gives instead of Next. */
export const refusals = {
  badRequestTarget: { status: 400, title: 'Not an address of Untag', advice: 'Open {url} instead.' },
  unknownHost: {
    status: 421,
    title: 'Not the name of this console',
    advice: 'This console answers only under its own loopback address. Open {url} instead.',
  },
  foreignOrigin: {
    status: 403,
    title: 'The request came from another site',
    advice: 'Nothing was done. Untag accepts changes only from its own pages: open {url} and try again there.',
  },
  bodyTooLarge: {
    status: 413,
    title: 'Too much at once',
    advice: 'Nothing was done. A request may carry 1 MB; go back and choose fewer things at a time.',
  },
  bodyOfUnknownLength: {
    status: 411,
    title: 'A body of unknown length',
    advice: 'Nothing was done. Send the request with a Content-Length.',
  },
  signedOut: {
    status: 401,
    title: 'You are not signed in',
    advice: 'Open the link that the terminal printed when Untag started. Press Enter in that terminal for a new one.',
  },
  linkUsed: {
    status: 401,
    title: 'This link no longer works',
    advice: 'A link opens Untag once, within ten minutes. Press Enter in the terminal that runs Untag for a new one.',
  },
} satisfies Record<string, Refusal>

export type RefusalCode = keyof typeof refusals

/** Answers with a small page for people and JSON for programs, and closes the connection so that no body is awaited. */
export function refuse(req: IncomingMessage, res: ServerResponse, code: RefusalCode, url: string, nonce: string): void {
  const { status, title, advice } = refusals[code]
  const message = advice.replace('{url}', url)
  const wantsPage = req.headers.accept?.includes('text/html') ?? false
  res.writeHead(status, {
    'Content-Type': wantsPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    Connection: 'close',
  })
  res.end(wantsPage ? page(title, message, nonce) : JSON.stringify({ error: { code, message } }))
}

// Every text comes from the table and the url from the port: nothing here was sent by the client.
const page = (title: string, message: string, nonce: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – Untag</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto; padding: 0 1rem }
</style>
<main><h1>${title}</h1><p>${message}</p></main>
</html>
`
