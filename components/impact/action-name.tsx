import { Fragment } from 'react'

/** The name of an IAM action, which may break before its capital letters. */
export function ActionName({ action }: { action: string }) {
  return action.split(/(?<=:)|(?<=[a-z])(?=[A-Z])/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed text never move
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
