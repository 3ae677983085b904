/** All pages of a paginator. */
export async function allPages<Page>(paginator: AsyncIterable<Page>): Promise<Page[]> {
  const pages: Page[] = []
  for await (const page of paginator) pages.push(page)
  return pages
}
