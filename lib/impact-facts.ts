import type { ControlLevel } from './account-reading.ts'
import type { Problem } from './errors.ts'
import type { Acknowledgement } from './item-impact.ts'
import type { Tag } from './tag.ts'

/** The decisions and effects of the access engine, as they are stored and shown. */
export type Decision = 'allow' | 'deny' | 'depends' | 'unknown'
export type Effect = 'loss' | 'may-lose' | 'gain' | 'may-gain' | 'unknown'

/** What policies may ask of a resource besides its ARN. What is null nobody knows. */
export interface ResourceFacts {
  /** All of them, those that stay included. */
  tags: Tag[]
  keySpec: string | null
  keyUsage: string | null
  keyOrigin: string | null
  multiRegion: boolean | null
  multiRegionKeyType: 'PRIMARY' | 'REPLICA' | null
}

/** A policy of a principal as it was read: `identityPolicies[0]`, `groups[1].policies[0]`, `boundary`. */
export interface StoredDocument {
  pointer: string
  name: string
  /** Of a managed policy. */
  arn: string | null
  /** Null when it could not be read; it then counts as unread. */
  text: string | null
}

/** A principal as an analysis took it, with texts in place of parsed policies. */
export interface StoredPrincipal {
  arn: string
  roleArn: string | null
  userId: string | null
  tags: Tag[]
  sessionTagsUnknown: boolean
  documents: StoredDocument[]
  groupNames: string[]
}

export interface StoredGrant {
  grantId: string
  granteePrincipal: string
  retiringPrincipal: string | null
  operations: readonly string[]
  encryptionContextEquals: Readonly<Record<string, string>> | null
  encryptionContextSubset: Readonly<Record<string, string>> | null
  sourceArn: string | null
}

/** Part of the picture that is missing for every resource of a plan. */
export interface MissingPart {
  part: 'principals' | 'scps' | 'rcps' | 'sessionPolicy' | 'aliases'
  problem: Problem
}

/** SCPs or RCPs as an analysis took them, levels root first; null: none binds, or they were not read. */
export type StoredLevels = readonly ControlLevel[] | null

/** Somebody outside the account whom the policies of the resources name; not analysed. */
export interface StoredOutsider {
  kind: 'everybody' | 'account' | 'service' | 'federated'
  name: string
  resources: number
}

/** What an analysis knew of the account as a whole. */
export interface ImpactPicture {
  /** When IAM was read; ISO 8601, UTC. */
  principalsReadAt: string
  /** How many principals were looked at. */
  principals: number
  notRead: MissingPart[]
  scps: StoredLevels
  rcps: StoredLevels
  outsiders: StoredOutsider[]
}

/** What the operator had on the screen when they pressed start. */
export interface StartRequest {
  reviewedImpactId: string
  reviewedPlanDigest: string
  acknowledgements: Acknowledgement[]
  /** ARN of the AWS identity. */
  startedBy: string
  /** IP address of the browser; null when it is not known. */
  startedFrom: string | null
  /** Whether one resource of each class goes first. */
  canary: boolean
}
