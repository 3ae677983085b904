import { type Html, html } from '#lib/html.ts'

const style = `
  body { font: 10pt/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #111; background: #fff }
  h1 { font-size: 16pt } h2 { font-size: 12pt; margin-top: 2em; break-after: avoid }
  table { border-collapse: collapse; width: 100% }
  th, td { border: 1px solid #999; padding: 0.3em 0.5em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
  table.fixed { table-layout: fixed } th { background: #eee } thead { display: table-header-group } tr { break-inside: avoid }
  .arn, .fine { color: #555; font-size: 8pt } .verdict { white-space: nowrap; font-weight: 600 }
  @page { size: A4; margin: 15mm }`

/** All before the content of a page that needs nothing else and prints well; {@link printedEnd} follows the content. */
export function printedStart(title: string): Html {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>
<body>
<h1>${title}</h1>
`
}

export const printedEnd = html`
</body>
</html>
`

/** One line of a table of facts. */
export const fact = (name: string, value: string | Html) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`
