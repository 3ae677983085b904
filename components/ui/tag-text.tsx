import { visibleParts } from './visible-text.ts'

/** A tag key or value as it is, with what cannot be seen made visible; an empty value says so. */
export function TagText({ text }: { text: string }) {
  if (text === '') return <span className="untag-empty">(empty)</span>
  return (
    <bdi className="untag-tag-text">
      {visibleParts(text).map(({ text: part, hidden }, index) =>
        hidden ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed text never move
          <span key={index} className="untag-hidden" title={hidden}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </bdi>
  )
}
