import { and, eq, inArray, not, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Filter, FilterOperator, FilterProperty, FilterToken } from '../filter.ts'
import type { Selection } from '../selection.ts'
import { contains } from '../store/contains.ts'
import { resources } from '../store/schema.ts'

/** A comparison of one text; the answer is unknown (null) for a text that is not there. */
type Compare = (text: SQL) => SQL

/**
 * The condition that a filter stands for. Comparisons with `=` are exact, `:` (contains) does not mind upper and lower
 * case. Negation includes the resources that have no such tag. What is unknown meets neither a condition nor its
 * negation: a resource whose tags could not be read is never counted as one without the tag.
 */
export function filterCondition({ operation, tokens }: Filter): SQL | undefined {
  const conditions = tokens.map(tokenCondition)
  return operation === 'or' ? or(...conditions) : and(...conditions)
}

/** The condition that a selection stands for. */
export function selectionCondition(selection: Selection): SQL | undefined {
  if (selection.by === 'arns') return inArray(resources.arn, selection.arns)
  const { filter, except } = selection
  return and(filterCondition(filter), except.length > 0 ? notInArray(resources.arn, except) : undefined)
}

function tokenCondition(token: FilterToken): SQL {
  const condition = sql`(${properties[token.property](comparisons[token.operator](token.value), token)})`
  return token.operator.startsWith('!') ? not(condition) : condition
}

// The negated operators compare as their positives; the whole condition is then negated.
const exactly =
  (value: string): Compare =>
  (text) =>
    sql`${text} = ${value}`
const containing =
  (value: string): Compare =>
  (text) =>
    contains(text, value)
const comparisons: Record<FilterOperator, (value: string) => Compare> = {
  '=': exactly,
  '!=': exactly,
  ':': containing,
  '!:': containing,
}

const { tags } = resources
const tagKeyText = sql`tag.key`
const tagValueText = sql`tag.value`

/** Whether some tag meets a condition on `tag.key` and `tag.value`; unknown when the tags are. */
const someTag = (condition: SQL) =>
  sql`case when ${tags} is null then null else exists (select 1 from jsonb_each_text(${tags}) tag where ${condition}) end`

/**
 * A condition that holds only where the text is found in everything that is searched, so that it is asked of no other
 * resource. Of a text that JSON writes in another way nothing is known beforehand.
 */
const whereFound = (text: string, condition: SQL) =>
  JSON.stringify(text) === `"${text}"`
    ? sql`case when position(lower(${text}) in ${resources.searched}) > 0 then ${condition} when ${tags} is null then null else false end`
    : condition

const properties: Record<FilterProperty, (compare: Compare, token: FilterToken) => SQL> = {
  type: (compare) => compare(sql`${resources.type}`),
  region: (compare) => compare(sql`${resources.region}`),
  state: (compare) => compare(sql`${resources.state}`),
  manager: (compare) => compare(sql`${resources.manager}`),
  // The operator `?` (has the key) is what the index on tags serves.
  tagKey: (compare, { operator, value }) =>
    operator === '=' || operator === '!=' ? sql`${tags} ? ${value}` : whereFound(value, someTag(compare(tagKeyText))),
  tag: (compare, { tagKey = '' }) =>
    sql`case when ${tags} is null then null else coalesce(${compare(sql`${tags} ->> ${tagKey}`)}, false) end`,
  text: (compare, { value }) =>
    whereFound(
      value,
      sql`(${or(
        compare(sql`${resources.name}`),
        compare(sql`${resources.arn}`),
        compare(sql`${resources.description}`),
        sql`exists (select 1 from jsonb_array_elements_text(${resources.aliases}) alias where ${compare(sql`alias`)})`,
        someTag(sql`(${compare(tagKeyText)} or ${compare(tagValueText)})`),
      )})`,
    ),
}

/** The rows of one snapshot that meet a condition. */
export function inSnapshot(snapshotId: string, condition?: SQL): SQL | undefined {
  return and(eq(resources.snapshotId, snapshotId), condition)
}
