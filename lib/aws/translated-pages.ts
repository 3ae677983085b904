import { type CallContext, translateError } from './translate-error.ts'

/** Passes the pages of a listing on; what it throws comes out translated. */
export async function* translatedPages<Page>(at: CallContext, pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  try {
    yield* pages
  } catch (error) {
    throw translateError(error, at)
  }
}
