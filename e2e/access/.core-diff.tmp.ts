import fc from '/work/main/node_modules/fast-check/lib/fast-check.js'
import { answer } from '/work/main/e2e/access/engine.ts'
import { caseArbitrary } from '/work/main/e2e/access/generate-case.ts'
import { judge } from '/work/main/e2e/access/judge.ts'
const n = Number(process.argv[2] ?? 2000), seed = Number(process.argv[3] ?? 1)
const kinds = new Map()
let total = 0, bad = 0, unk=0
for (const service of ['kms','secretsmanager'] as const)
for (const file of fc.sample(caseArbitrary({ service, context: 'closed' }), { numRuns: n, seed })) {
  total++
  const a = answer(file, 'closed'), j = judge(file)
  if (j.effect.includes('unknown')) unk++
  const same = a.before===j.before && a.after===j.after && (j.effect.includes('unknown') || a.effect.join()===j.effect.join())
  if (same) continue
  bad++
  const norm=(s)=>String(s ?? '').replace(/`[^`]*`/g,'`x`')
  const k = `engine ${a.before}/${a.after} judge ${j.before}/${j.after} E:${norm(a.reason)} J:${norm(j.undocumented)}`
  const e = kinds.get(k) ?? { n: 0, file }
  e.n++
  if (JSON.stringify(file).length < JSON.stringify(e.file).length) e.file=file
  kinds.set(k, e)
}
console.log({ total, bad, unk })
for (const [k, e] of [...kinds].sort((a,b)=>b[1].n-a[1].n).slice(0, Number(process.argv[4] ?? 12))) { console.log(e.n, k); if (process.argv[5]) console.log(JSON.stringify(e.file)) }
