'use client'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'

/** Pretty JSON that can be read, scrolled with the keyboard and copied; text that is no JSON is shown as it is. */
export function JsonView({ label, text }: { label: string; text: string }) {
  const shown = pretty(text)
  return (
    <div className="untag-json">
      <div className="untag-json-copy">
        <CopyToClipboard
          copyButtonText="Copy"
          textToCopy={shown}
          copySuccessText="Copied"
          copyErrorText="The browser did not allow copying"
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section aria-label={label} tabIndex={0}>
        <pre>{shown}</pre>
      </section>
    </div>
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
