import type { Tag } from './tag.ts'

export interface StackOwner {
  stack: string
  /** The name of the resource in the template of the stack. */
  logicalId: string | undefined
}

/**
 * The CloudFormation stack that a resource belongs to, told by the tags that CloudFormation itself sets; nobody can
 * remove those.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function cloudFormationOf(tags: readonly Tag[]): StackOwner | undefined {
  const value = (name: string) => tags.find(({ key }) => key === `aws:cloudformation:${name}`)?.value
  const stack = value('stack-name')
  return stack === undefined ? undefined : { stack, logicalId: value('logical-id') }
}

/**
 * Who would put the tags back and what to change, as a sentence without its stop. Which tags are the template's, which
 * the stack's and which were set by hand cannot be told from the resource.
 */
export function stackSentence({ stack, logicalId }: StackOwner): string {
  const resource = logicalId === undefined ? 'this resource' : `\`${logicalId}\``
  return `the CloudFormation stack \`${stack}\` owns this resource: tags that its template gives ${resource}, and the stack’s own tags, can be put back by a later update of the stack; remove them there too`
}
