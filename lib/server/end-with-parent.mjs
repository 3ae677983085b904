// Preloaded into child processes (`node --import`): their standard input is a pipe that the kernel closes when the
// parent ends, however it ends, so that not even kill -9 leaves a child behind.
process.stdin.on('end', () => process.exit(1)).resume()
