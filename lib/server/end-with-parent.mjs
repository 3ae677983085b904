import { fstatSync } from 'node:fs'

// Preloaded into child processes (`node --import`): their standard input is a pipe that the kernel closes when the
// parent ends, however it ends, so that not even kill -9 leaves a child behind. Tools hand the preload on to workers of
// their own, some of which have no standard input at all.
const input = fstatSync(0)
if (input.isSocket() || input.isFIFO()) {
  process.stdin.on('end', () => process.exit(1)).resume()
  // Watching must not keep alive a child that has nothing left to do.
  process.stdin.unref()
}
