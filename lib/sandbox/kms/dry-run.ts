import { AwsError } from '../errors.ts'

/**
 * Ends a request that only asks whether it may: this error is the yes.
 *
 * @throws AwsError DryRunOperationException
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export function endDryRun({ DryRun }: { DryRun?: boolean | undefined }): void {
  if (DryRun) {
    throw new AwsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.')
  }
}
