const NEWLINE = 0x0a

/** A line of a file without its end, as text and as bytes. `isWhole` is false of a last line that lacks its end. */
export interface FileLine {
  text: string
  bytes: Uint8Array
  isWhole: boolean
}

/** Cuts bytes into lines at LF alone: a CR would be part of the line, and be noticed. Bytes that are no UTF-8 become U+FFFD. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<FileLine> {
  let rest: Uint8Array[] = []
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      yield lineOf([...rest, chunk.subarray(from, at)], true)
      rest = []
      from = at + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  }
  if (rest.length > 0) yield lineOf(rest, false)
}

function lineOf(parts: Uint8Array[], isWhole: boolean): FileLine {
  const bytes = Buffer.concat(parts)
  return { text: bytes.toString('utf8'), bytes, isWhole }
}
