import { readFileSync, watch } from 'node:fs'

// Preloaded into the console: its clock goes wrong by the milliseconds in the file that CHAOS_CLOCK names, and jumps when
// they change. Time that only ever grows (performance.now, timers) is the kernel's and stays right.
const file = process.env.CHAOS_CLOCK ?? ''
const RealDate = Date
const readOffsetMs = () => Number(readFileSync(file, 'utf8')) || 0
let offsetMs = readOffsetMs()
watch(file, () => {
  offsetMs = readOffsetMs()
}).unref()

const now = () => RealDate.now() + offsetMs

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, newTarget) => Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})
