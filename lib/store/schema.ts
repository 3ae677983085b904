import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AccountReading, ControlLevel } from '../account-reading.ts'
import type { AuditAction, AuditActor } from '../audit-event.ts'
import type { CalibrationFound } from '../calibration.ts'
import type { CanaryCheck, CanaryFailure, CanaryState } from '../canary.ts'
import type { Problem } from '../errors.ts'
import type {
  Decision,
  Effect,
  ImpactPicture,
  ResourceFacts,
  StartRequest,
  StoredGrant,
  StoredPrincipal,
} from '../impact-facts.ts'
import type { ImpactSign } from '../impact-review.ts'
import type { Acknowledgement, ImpactVerdict, ItemImpact } from '../item-impact.ts'
import type { Outcome } from '../outcome.ts'
import type { Resource } from '../resource.ts'
import type { PlanRequest } from '../selection.ts'
import type { Tag } from '../tag.ts'
import type { TerraformResource } from '../terraform.ts'
import type { TrailComparison } from '../trail-comparison.ts'
import type { StoredEvidence, UseLookUp } from '../use-evidence.ts'

// Instants are read as ISO 8601 text in UTC with milliseconds; the database's clock writes them where leases hang on them.
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** Signed-in browsers. Only the SHA-256 of the cookie is kept. */
export const sessions = pgTable('sessions', {
  tokenHash: text('token_hash').primaryKey(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
})

/** What a complete snapshot holds. Counted once: of its resources nothing changes any more but their tags. */
export interface SnapshotSummary {
  keys: number
  secrets: number
  /** Resources that could not be read in full. */
  problems: number
  regions: string[]
  states: string[]
  managers: string[]
}

/** One scan of what one caller can list. `scope` is account and caller's unique id: nobody sees what they cannot list. */
export const snapshots = pgTable(
  'snapshots',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    scope: text('scope').notNull(),
    state: text('state').$type<'scanning' | 'complete' | 'failed'>().notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    completedAt: instant('completed_at'),
    problem: jsonb('problem').$type<Problem>(),
    /** What could not be learnt for the whole account, for example which Regions are enabled. */
    notes: jsonb('notes').$type<string[]>().notNull().default([]),
    /** Null until complete. */
    summary: jsonb('summary').$type<SnapshotSummary>(),
  },
  (table) => [index('snapshots_scope').on(table.scope, table.startedAt)],
)

/** Progress and problems of a scan, one row per Region and type of resource. */
export const snapshotRegions = pgTable(
  'snapshot_regions',
  {
    snapshotId: uuid('snapshot_id')
      .notNull()
      .references(() => snapshots.id, { onDelete: 'cascade' }),
    region: text('region').notNull(),
    type: text('type').$type<'key' | 'secret'>().notNull(),
    state: text('state').$type<'waiting' | 'scanning' | 'complete' | 'failed'>().notNull().default('waiting'),
    listed: integer('listed').notNull().default(0),
    done: integer('done').notNull().default(0),
    problem: jsonb('problem').$type<Problem>(),
  },
  (table) => [primaryKey({ columns: [table.snapshotId, table.region, table.type] })],
)

/** A resource as one snapshot found it. `tags` is an object (key to value), so that PostgreSQL can index and ask it. */
export const resources = pgTable(
  'resources',
  {
    snapshotId: uuid('snapshot_id')
      .notNull()
      .references(() => snapshots.id, { onDelete: 'cascade' }),
    arn: text('arn').notNull(),
    type: text('type').$type<Resource['type']>().notNull(),
    account: text('account').notNull(),
    region: text('region').notNull(),
    name: text('name').notNull(),
    aliases: jsonb('aliases').$type<string[]>().notNull(),
    description: text('description').notNull(),
    state: text('state').$type<Resource['state']>().notNull(),
    manager: text('manager').notNull(),
    createdAt: instant('created_at'),
    deletionAt: instant('deletion_at'),
    primaryRegion: text('primary_region'),
    siblings: jsonb('siblings').$type<string[]>().notNull(),
    kmsKeyId: text('kms_key_id'),
    tags: jsonb('tags').$type<Record<string, string>>(),
    problem: jsonb('problem').$type<Problem>(),
    /** By which names are sorted. A name may be a description of 8192 characters, which no index takes. */
    sortName: text('sort_name').generatedAlwaysAs(sql`left(lower(name), 100)`),
    /** All that free text is looked for in, the last two as JSON. */
    searched: text('searched').generatedAlwaysAs(
      sql`lower(name || ' ' || arn || ' ' || description || ' ' || aliases::text || ' ' || coalesce(tags::text, ''))`,
    ),
  },
  (table) => [
    primaryKey({ columns: [table.snapshotId, table.arn] }),
    index('resources_name').on(table.snapshotId, sql`${table.sortName} collate "C"`, sql`${table.arn} collate "C"`),
    index('resources_tags').using('gin', table.tags),
  ],
)

/** How many resources of a snapshot carry a tag: counted as their tags are written, so that nobody must look into each. */
export const tagUses = pgTable(
  'tag_uses',
  {
    snapshotId: uuid('snapshot_id')
      .notNull()
      .references(() => snapshots.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    value: text('value').notNull(),
    type: text('type').$type<Resource['type']>().notNull(),
    resources: integer('resources').notNull(),
  },
  (table) => [primaryKey({ columns: [table.snapshotId, table.key, table.value, table.type] })],
)

/** What a removal would do, re-read live and then never changed again. */
export const plans = pgTable('plans', {
  id: uuid('id').primaryKey().defaultRandom(),
  scope: text('scope').notNull(),
  direction: text('direction').$type<'remove' | 'putBack'>().notNull(),
  state: text('state').$type<'preparing' | 'ready' | 'failed'>().notNull().default('preparing'),
  request: jsonb('request').$type<PlanSource>().notNull(),
  /** SHA-256, hex, over every included resource, tag key and value. Null until ready. */
  digest: text('digest'),
  selected: integer('selected').notNull().default(0),
  read: integer('read').notNull().default(0),
  problem: jsonb('problem').$type<Problem>(),
  /** The analysis that the review shows. */
  impactId: uuid('impact_id'),
  /** The newest time that what was computed was held against AWS; what it disagrees on counts as unknown since. */
  calibration: jsonb('calibration').$type<CalibrationFound>(),
  createdAt: instant('created_at').notNull().defaultNow(),
  readyAt: instant('ready_at'),
})

/** What a plan was made from: the operator's choice, or an earlier removal to reverse. */
export type PlanSource =
  | { from: 'selection'; request: PlanRequest }
  | { from: 'removal'; removalId: string; itemIds: number[] | 'all' }

/** One selected resource of a plan: with the tags to change, or with the reason why it is skipped. */
export const planItems = pgTable(
  'plan_items',
  {
    planId: uuid('plan_id')
      .notNull()
      .references(() => plans.id, { onDelete: 'cascade' }),
    arn: text('arn').notNull(),
    type: text('type').$type<Resource['type']>().notNull(),
    region: text('region').notNull(),
    name: text('name').notNull(),
    tags: jsonb('tags').$type<Tag[]>().notNull(),
    /** A reason of lib/skip.ts; `dropped`: by the operator, in the review. Null: included. */
    skipped: text('skipped'),
    problem: jsonb('problem').$type<Problem>(),
    siblings: jsonb('siblings').$type<string[]>().notNull(),
    primaryRegion: text('primary_region'),
    /** All that policies may ask of the resource, as it was read; null where it could not be read. */
    facts: jsonb('facts').$type<ResourceFacts>(),
    /** The same resource in a Terraform file that the operator dropped in the review. */
    terraform: jsonb('terraform').$type<TerraformResource>(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.arn] })],
)

/** One analysis of what a plan does to access. A plan may have several: each check anew is one. */
export const impacts = pgTable(
  'impacts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    planId: uuid('plan_id')
      .notNull()
      .references(() => plans.id, { onDelete: 'cascade' }),
    state: text('state').$type<'waiting' | 'reading' | 'analysing' | 'ready' | 'failed'>().notNull().default('waiting'),
    /** Calls to AWS while reading, principals while analysing. */
    done: integer('done').notNull().default(0),
    total: integer('total').notNull().default(0),
    problem: jsonb('problem').$type<Problem>(),
    /** SHA-256, hex, over every verdict and every policy that was read. Null until ready. */
    digest: text('digest'),
    /** What holds for all resources, once it was read. */
    picture: jsonb('picture').$type<ImpactPicture>(),
    /** Set when this analysis stands before a start: what the operator reviewed. */
    starting: jsonb('starting').$type<StartRequest>(),
    /** The resources whose impact is worse than what was reviewed: the start was refused because of them. */
    worse: jsonb('worse').$type<string[]>(),
    /** Set once somebody asked who of the affected used what, and when. */
    useLookUp: jsonb('use_look_up').$type<UseLookUp>(),
    startedAt: instant('started_at').notNull().defaultNow(),
    readyAt: instant('ready_at'),
  },
  (table) => [index('impacts_plan').on(table.planId, table.startedAt)],
)

/** What an analysis found for one resource of its plan. The ordinal is its bit in `impact_changes.members`. */
export const impactItems = pgTable(
  'impact_items',
  {
    impactId: uuid('impact_id')
      .notNull()
      .references(() => impacts.id, { onDelete: 'cascade' }),
    ordinal: integer('ordinal').notNull(),
    arn: text('arn').notNull(),
    verdict: text('verdict').$type<ImpactVerdict>().notNull(),
    impact: jsonb('impact').$type<ItemImpact>().notNull(),
    /** What the impact shows, as lib/impact-signs.ts tells it: counted and asked for without looking into each impact. */
    signs: jsonb('signs').$type<ImpactSign[]>().notNull(),
    /** What it has in common with resources of which the same is to be expected: see impact/shape.ts. */
    shape: text('shape').notNull(),
    /** The key policy or resource policy as AWS gave it; null: there is none, or it was not read. */
    policy: text('policy'),
    policyProblem: jsonb('policy_problem').$type<Problem>(),
    /** Of a key on which grants bear; null: not asked for, because none could change anything. */
    grants: jsonb('grants').$type<readonly (StoredGrant | 'unread')[]>(),
    /** Of a key: `alias/app`; null: not read. */
    aliases: jsonb('aliases').$type<readonly string[]>(),
  },
  (table) => [
    primaryKey({ columns: [table.impactId, table.ordinal] }),
    index('impact_items_arn').on(table.impactId, table.arn),
  ],
)

/** Everybody for whom an analysis found a change, and the operator. */
export const impactPrincipals = pgTable(
  'impact_principals',
  {
    impactId: uuid('impact_id')
      .notNull()
      .references(() => impacts.id, { onDelete: 'cascade' }),
    ordinal: integer('ordinal').notNull(),
    arn: text('arn').notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<'root' | 'user' | 'role'>().notNull(),
    isOperator: boolean('is_operator').notNull(),
    lastUsedAt: instant('last_used_at'),
    /** With its policies as texts, so that a decision can be explained as it was made. */
    principal: jsonb('principal').$type<StoredPrincipal>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.impactId, table.ordinal] })],
)

/** Actions that change alike for one principal on some resources: one row, however many resources these are. */
export const impactChanges = pgTable(
  'impact_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    impactId: uuid('impact_id')
      .notNull()
      .references(() => impacts.id, { onDelete: 'cascade' }),
    principal: integer('principal').notNull(),
    before: text('before').$type<Decision>().notNull(),
    after: text('after').$type<Decision>().notNull(),
    effect: jsonb('effect').$type<readonly Effect[]>().notNull(),
    actions: jsonb('actions').$type<readonly string[]>().notNull(),
    undecided: boolean('undecided').notNull(),
    reason: text('reason'),
    /** Bit n: the resource with ordinal n, as PostgreSQL's get_bit counts. */
    members: bytea('members').notNull(),
  },
  (table) => [index('impact_changes_principal').on(table.impactId, table.principal)],
)

/** A plan that was started. `planId` is unique: pressing start twice starts once. */
export const removals = pgTable('removals', {
  id: uuid('id').primaryKey().defaultRandom(),
  planId: uuid('plan_id').notNull().unique(),
  scope: text('scope').notNull(),
  direction: text('direction').$type<'remove' | 'putBack'>().notNull(),
  state: text('state').$type<'running' | 'paused' | 'settled'>().notNull().default('running'),
  pauseReason: text('pause_reason').$type<'operator' | 'credentials' | 'otherIdentity'>(),
  pauseMessage: text('pause_message'),
  cancelled: boolean('cancelled').notNull().default(false),
  /** Share of AWS's request quotas that this removal may use, 0.05 to 1. */
  share: real('share').notNull(),
  acknowledgements: jsonb('acknowledgements').$type<readonly Acknowledgement[]>().notNull(),
  planDigest: text('plan_digest').notNull(),
  /** Of the analysis that was made right before the start. */
  impactDigest: text('impact_digest').notNull(),
  /** ARN of the AWS identity. */
  startedBy: text('started_by').notNull(),
  /** IP address of the browser; null when it is not known. */
  startedFrom: text('started_from'),
  startedAt: instant('started_at').notNull().defaultNow(),
  settledAt: instant('settled_at'),
  /** Goes before every old value that the audit log hashes; null once purged with them. */
  valueSalt: text('value_salt'),
  /** The removal that this one puts back. */
  reverses: uuid('reverses'),
  /** Until then every scan looks whether removed tags came back; null: never watched. */
  watchUntil: instant('watch_until'),
  /** When a scan has last looked at all of it while it was watched. */
  lookedAt: instant('looked_at'),
  /** Since then the old values are gone, and with them the plan and the journal's file. */
  valuesPurgedAt: instant('values_purged_at'),
  /** How far the resources that go first are; null: all go at once. */
  canary: text('canary').$type<CanaryState>(),
  /** KMS follows the canary's tags from then on. */
  canaryWaitUntil: instant('canary_wait_until'),
  canaryChecks: jsonb('canary_checks').$type<readonly CanaryCheck[]>().notNull().default([]),
  canaryFailure: text('canary_failure').$type<CanaryFailure>(),
  /** Who said whether anything broke, and when it ended. */
  canaryAnsweredBy: text('canary_answered_by'),
  canaryEndedAt: instant('canary_ended_at'),
})

/** One resource of a removal; moves as `itemMoves` in removal/state.ts allows. */
export const items = pgTable(
  'items',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    removalId: uuid('removal_id')
      .notNull()
      .references(() => removals.id, { onDelete: 'cascade' }),
    arn: text('arn').notNull(),
    type: text('type').$type<Resource['type']>().notNull(),
    region: text('region').notNull(),
    name: text('name').notNull(),
    /** account/region/service: the unit that has a request quota of its own. */
    lane: text('lane').notNull(),
    /** Goes first. */
    canary: boolean('canary').notNull().default(false),
    state: text('state').$type<'pending' | 'claimed' | 'proving' | 'settled'>().notNull().default('pending'),
    /** Grows with every claim; a worker whose fence is not the newest may neither send nor write. */
    fence: integer('fence').notNull().default(0),
    leaseUntil: instant('lease_until'),
    attempts: integer('attempts').notNull().default(0),
    /** Not before this instant: the next try of a pending item, or the next read of a proving one. */
    dueAt: instant('due_at').notNull().defaultNow(),
    sentAt: instant('sent_at'),
    proveUntil: instant('prove_until'),
    settledAt: instant('settled_at'),
  },
  (table) => [
    index('items_claim').on(table.lane, table.state, table.dueAt),
    index('items_removal').on(table.removalId, table.state),
  ],
)

/** One tag key of an item, with the value that it had when it was reviewed, and what became of it. */
export const itemTags = pgTable(
  'item_tags',
  {
    itemId: bigint('item_id', { mode: 'number' })
      .notNull()
      .references(() => items.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    /** Null once purged. */
    value: text('value'),
    outcome: text('outcome').$type<Outcome>().notNull().default('pending'),
    requestId: text('request_id'),
    /** When AWS's answer with that request id had come. */
    answeredAt: instant('answered_at'),
    problem: jsonb('problem').$type<Problem>(),
    /** First of the reads in a row that showed the intended state. */
    cleanSince: instant('clean_since'),
    /** Whether any read has ever shown the intended state: tells `reappeared` from `stillPresent`. */
    seenClean: boolean('seen_clean').notNull().default(false),
    /** When the second clean read had proved the change. */
    provedAt: instant('proved_at'),
    /** When a scan first saw a removed tag again while the removal was watched, and with which value. */
    cameBackAt: instant('came_back_at'),
    cameBackValue: text('came_back_value'),
  },
  (table) => [
    primaryKey({ columns: [table.itemId, table.key] }),
    index('item_tags_outcome').on(table.outcome, table.itemId),
  ],
)

/** Who is in an account, as one caller could read it; the newest reading of a scope replaces the one before. */
export const principalReadings = pgTable('principal_readings', {
  scope: text('scope').primaryKey(),
  readAt: instant('read_at').notNull(),
  reading: jsonb('reading').$type<AccountReading>().notNull(),
})

/** SCPs or RCPs that somebody brought as files, because Organizations is closed to member accounts. Levels root first. */
export const importedPolicies = pgTable(
  'imported_policies',
  {
    account: text('account').notNull(),
    type: text('type').$type<'scp' | 'rcp'>().notNull(),
    importedAt: instant('imported_at').notNull(),
    levels: jsonb('levels').$type<readonly ControlLevel[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.type] })],
)

/** Tag keys that the operators of an account want to keep, with the wildcards `*` and `?`. */
export const protectedPatterns = pgTable(
  'protected_patterns',
  {
    account: text('account').notNull(),
    pattern: text('pattern').notNull(),
    /** Why, for whoever meets it in a review. */
    note: text('note').notNull(),
    addedAt: instant('added_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.account, table.pattern] })],
)

/** How long the old values of an account's removals are kept; without a row, as long as lib/removal/retention.ts says. */
export const valueRetentions = pgTable('value_retentions', {
  account: text('account').primaryKey(),
  /** Null: never purged. */
  days: integer('days'),
  changedAt: instant('changed_at').notNull(),
  /** ARN of the AWS identity. */
  changedBy: text('changed_by').notNull(),
})

/** Who used a key or secret, and when, as one caller could look it up: kept because AWS answers one question a second. */
export const evidence = pgTable(
  'evidence',
  {
    scope: text('scope').notNull(),
    arn: text('arn').notNull(),
    evidence: jsonb('evidence').$type<StoredEvidence>().notNull(),
    readAt: instant('read_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.arn] })],
)

/** The newest comparison of each removal's calls with CloudTrail. */
export const trailComparisons = pgTable('trail_comparisons', {
  removalId: uuid('removal_id')
    .primaryKey()
    .references(() => removals.id, { onDelete: 'cascade' }),
  askedBy: jsonb('asked_by').$type<AuditActor>().notNull(),
  comparison: jsonb('comparison').$type<TrailComparison>().notNull(),
})

/**
 * What was done, by whom: written by `append_audit_events` alone, never changed. Refers to nothing, so that it outlives
 * what it tells of.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    /** A removal's id, or `console`. */
    chain: text('chain').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    address: text('address'),
    action: text('action').$type<AuditAction>().notNull(),
    resource: text('resource'),
    tagKey: text('tag_key'),
    valueHash: text('value_hash'),
    outcome: text('outcome').$type<Outcome>(),
    requestId: text('request_id'),
    accessKeyId: text('access_key_id'),
    /** JSON, as text, so that what was hashed stays as it was. */
    details: text('details'),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.seq] }),
    index('audit_events_at').on(table.at),
    index('audit_events_action').on(table.action, table.at),
    index('audit_events_resource').on(table.resource, table.at).where(sql`${table.resource} is not null`),
    index('audit_events_request').on(table.requestId).where(sql`${table.requestId} is not null`),
  ],
)
