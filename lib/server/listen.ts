import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ExpectedError } from '../errors.ts'

const portsTried = 50

/**
 * An HTTP server that listens on 127.0.0.1 at `port`, or at the next free one after it. 0 means any free port.
 *
 * @throws ExpectedError `invalidInput` when no port can be had
 */
export async function listen(port: number): Promise<{ server: Server; port: number }> {
  for (let candidate = port; candidate < port + portsTried && candidate <= 65_535; candidate++) {
    const server = createServer()
    try {
      await once(server.listen(candidate, '127.0.0.1'), 'listening')
      return { server, port: (server.address() as AddressInfo).port }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES')
        throw new ExpectedError('invalidInput', `PORT is \`${port}\`, which only root may use; try 4400`)
      if (code !== 'EADDRINUSE') throw error
    }
  }
  throw new ExpectedError(
    'invalidInput',
    `PORT is \`${port}\`; it and the ${portsTried} after it are in use, choose another`,
  )
}
