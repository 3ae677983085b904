/** Repeats a run: `ACCESS_SEED=… npm run test:access`. Without it every run takes the same cases. */
export const seed = Number(process.env.ACCESS_SEED ?? 20_260_101)
/** How many times the usual number of cases. */
export const scale = Number(process.env.ACCESS_SCALE ?? 1)
