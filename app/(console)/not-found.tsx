import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import { NOTHING_HERE, NothingHere } from '#components/shell/nothing-here.tsx'

/** Within the console, whose shell is the landmark already. */
export default function NotFound() {
  return (
    <ContentLayout header={<Header variant="h1">{NOTHING_HERE}</Header>}>
      <NothingHere />
    </ContentLayout>
  )
}
