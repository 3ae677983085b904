'use client'
import Pagination from '@cloudscape-design/components/pagination'
import { ITEMS_PER_PAGE } from './items-view.ts'

interface ItemsPagesProps {
  page: number
  /** Undefined while it is not known. */
  matched: number | undefined
  onChange: (page: number) => void
}

export function ItemsPages({ page, matched, onChange }: ItemsPagesProps) {
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={Math.max(1, Math.ceil((matched ?? 0) / ITEMS_PER_PAGE))}
      disabled={matched === undefined}
      ariaLabels={{
        paginationLabel: 'Pages of items',
        nextPageLabel: 'Next page',
        previousPageLabel: 'Previous page',
        pageLabel: (page) => `Page ${page}`,
      }}
      onChange={({ detail }) => onChange(detail.currentPageIndex)}
    />
  )
}
