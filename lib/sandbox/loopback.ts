const loopbackNames = ['127.0.0.1', 'localhost', '::1', '[::1]']

/** Whether the host is this machine and nobody else's. */
export function isLoopback(host: string): boolean {
  return loopbackNames.includes(host)
}
