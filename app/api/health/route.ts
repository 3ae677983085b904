import packageJson from '../../../package.json' with { type: 'json' }

/** Whether the console answers; for scripts that wait for it. The one address that needs no session. */
export function GET() {
  return Response.json({ ok: true, version: packageJson.version })
}
