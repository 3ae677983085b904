import { sentence } from './problem.ts'

/** A message as a sentence; what stands in backticks is set as code. */
export function Prose({ text }: { text: string }) {
  return sentence(text)
    .split('`')
    .map((part, index) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed text never move
      index % 2 === 1 ? <code key={index}>{part}</code> : part,
    )
}
