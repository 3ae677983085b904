import { buildWhenStale } from '#lib/server/build.ts'

await buildWhenStale()
