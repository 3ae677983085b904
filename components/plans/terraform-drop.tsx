'use client'
import FileUpload from '@cloudscape-design/components/file-upload'
import FormField from '@cloudscape-design/components/form-field'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { counted } from '#components/ui/counted.ts'
import type { TerraformResource } from '#lib/terraform.ts'
import { type FileReading, readTerraformFiles } from './terraform-files.ts'

interface TerraformDropProps {
  /** Called with the keys and secrets of all files that lie here, each time after these have changed. */
  onFound: (resources: TerraformResource[]) => void
}

/** A place for Terraform states and plans. They are read in the browser and never sent anywhere. */
export function TerraformDrop({ onFound }: TerraformDropProps) {
  const [files, setFiles] = useState<File[]>([])
  const reading = useMutation({ mutationFn: readTerraformFiles })
  const take = (dropped: File[]) => {
    setFiles(dropped)
    reading.mutate(dropped, { onSuccess: (readings) => onFound(readings.flatMap(({ resources }) => resources)) })
  }
  const readings = (reading.isSuccess && reading.data) || []
  return (
    <FormField
      label="Terraform state or plan"
      description="Shows which of these tags Terraform would put back. Files are read in this browser and not sent: only ARNs, addresses and tag keys are kept."
    >
      <FileUpload
        multiple
        accept=".tfstate,.json"
        value={files}
        onChange={({ detail }) => take(detail.value)}
        showFileSize
        fileErrors={readings.map(({ resources, problem }) => (resources.length === 0 ? problem : null))}
        fileWarnings={readings.map(({ resources, problem }) => (resources.length > 0 ? problem : null))}
        constraintText="A state file, or the output of terraform show -json for a state or a plan."
        i18nStrings={texts}
      />
      <Progress pending={reading.isPending} readings={readings} />
    </FormField>
  )
}

const texts = {
  uploadButtonText: () => 'Choose files',
  dropzoneText: () => 'Drop files to read them',
  removeFileAriaLabel: (_: number, name: string) => `Remove ${name}`,
  limitShowFewer: 'Show fewer',
  limitShowMore: 'Show more',
  errorIconAriaLabel: 'Error',
  warningIconAriaLabel: 'Warning',
}

/** The region stands there before anything is read, so that a screen reader hears what comes into it. */
function Progress({ pending, readings }: { pending: boolean; readings: readonly FileReading[] }) {
  const found = readings.reduce((sum, { resources }) => sum + resources.length, 0)
  return (
    <div role="status">
      {pending && (
        <StatusIndicator type="loading">Reading; a large file can stop this page for a second</StatusIndicator>
      )}
      {!pending && found > 0 && (
        <StatusIndicator type="success">
          {counted(found, 'KMS key or secret', 'KMS keys and secrets')} found
        </StatusIndicator>
      )}
    </div>
  )
}
