import './zod-jitless.ts'
import { z } from 'zod'
import { isResourceArn } from './arn.ts'
import { FILTER_TOKENS_MAX, filterOperators, filterProperties } from './filter.ts'
import { TAG_KEY_LENGTH_MAX, TAG_VALUE_LENGTH_MAX } from './tag.ts'

/** More strings than this in one server action argument fail; larger selections travel as a filter. */
export const SELECTED_ARNS_MAX = 5000

const arn = z.string().max(2048).refine(isResourceArn, 'not the complete ARN of a KMS key or a secret')
const tagKey = z.string().min(1).max(TAG_KEY_LENGTH_MAX)

export const filterSchema = z.object({
  operation: z.enum(['and', 'or']),
  tokens: z
    .array(
      z.object({
        property: z.enum(filterProperties),
        tagKey: tagKey.optional(),
        operator: z.enum(filterOperators),
        value: z.string().max(2048),
      }),
    )
    .max(FILTER_TOKENS_MAX),
})

/** Resources chosen one by one, or all that match a filter except some. */
export const selectionSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('arns'), arns: z.array(arn).min(1).max(SELECTED_ARNS_MAX) }),
  z.object({ by: z.literal('filter'), filter: filterSchema, except: z.array(arn).max(SELECTED_ARNS_MAX) }),
])
export type Selection = z.infer<typeof selectionSchema>

/** A tag key to remove; with `onlyValues` just where its value is one of these, compared exactly. */
const tagChoiceSchema = z.object({
  key: tagKey.refine((key) => !/^aws:/i.test(key), 'tags that begin with aws: cannot be removed'),
  onlyValues: z.array(z.string().max(TAG_VALUE_LENGTH_MAX)).min(1).max(1000).optional(),
})
export type TagChoice = z.infer<typeof tagChoiceSchema>

export const planRequestSchema = z.object({
  selection: selectionSchema,
  tags: z.array(tagChoiceSchema).min(1).max(500),
  /** Secrets owned by another service are left out unless asked for: AWS refuses some of them. */
  includeServiceOwned: z.boolean().default(false),
})
export type PlanRequest = z.infer<typeof planRequestSchema>
