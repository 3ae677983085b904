'use client'
import FileUpload from '@cloudscape-design/components/file-upload'
import FormField from '@cloudscape-design/components/form-field'
import type { Problem as PolicyProblem } from '#lib/access/problem.ts'
import { problemsOfFile } from './import-problems.ts'

interface ImportLevelProps {
  label: string
  files: File[]
  problems: readonly PolicyProblem[]
  onChange: (files: File[]) => void
}

/** The files of one level: chosen or dropped, each with what is wrong with it. */
export function ImportLevel({ label, files, problems, onChange }: ImportLevelProps) {
  return (
    <FormField label={label}>
      <FileUpload
        multiple
        accept="application/json,.json"
        value={files}
        onChange={({ detail }) => onChange(detail.value)}
        fileErrors={files.map(({ name }) => problemsOfFile(problems, name))}
        showFileSize
        i18nStrings={{
          uploadButtonText: () => 'Choose files',
          dropzoneText: () => 'Drop files here',
          removeFileAriaLabel: (_, name) => `Remove ${name}`,
          limitShowFewer: 'Show fewer files',
          limitShowMore: 'Show more files',
          errorIconAriaLabel: 'Problem',
          formatFileSize: (bytes) => `${(bytes / 1000).toFixed(1)} kB`,
        }}
      />
    </FormField>
  )
}
