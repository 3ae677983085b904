/** The states of asked-for work in which a job still has to do with it. */
export const statesUnderWay: readonly string[] = ['waiting', 'running']

/** Whether a job still has to do with what was asked for. */
export function isUnderWay(work: { state: string } | null | undefined): boolean {
  return work != null && statesUnderWay.includes(work.state)
}
