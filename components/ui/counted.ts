const number = new Intl.NumberFormat('en')

/** `1,204`. */
export const figure = (value: number) => number.format(value)

/** `1 tag`, `3 tags`, `2 replicas`, `3 secrets`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`
}
