'use client'
import { useLayoutEffect, useRef } from 'react'
import styles from './impact.module.css'
import { policyLines } from './policy-lines.ts'

/** A policy with numbered lines, scrolled to the statement that decides, which is marked. */
export function HighlightedPolicy({ label, text, index }: { label: string; text: string; index: number }) {
  const { lines, from, to } = policyLines(text, index)
  const frame = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const line = frame.current?.querySelector<HTMLElement>(`li:nth-child(${from + 1})`)
    // Within its own frame only: the page around it stays where it is.
    if (line && frame.current) frame.current.scrollTop = line.offsetTop - frame.current.offsetTop
  }, [from])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={frame} aria-label={label} tabIndex={0} className={styles.policy}>
      <ol>
        {lines.map((line, place) => {
          const decides = place >= from && place < to
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one fixed text never move
            <li key={place} className={decides ? styles.decides : undefined}>
              {decides ? <mark>{line}</mark> : line}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
