/** A request as it came over HTTP: header names in lower case, the body as bytes. */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly query: Record<string, string>
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** What the client gets: an answer, a destroyed connection, or nothing until it gives up. */
export type Reply = HttpResponse | 'connectionReset' | 'noAnswer'
