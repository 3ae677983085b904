import type { Tags } from '../state.ts'

/** What users, roles and groups share: policies of their own by name, and managed ones by ARN. Documents are text. */
export interface PolicyHolder {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly arn: string
  readonly createdAt: Date
  readonly inlinePolicies: ReadonlyMap<string, string>
  readonly attachedPolicyArns: readonly string[]
}

export type Group = PolicyHolder

interface Identity extends PolicyHolder {
  readonly tags: Tags
  readonly boundaryArn?: string
}

export interface Role extends Identity {
  readonly trustPolicy: string
  readonly description: string
  readonly maxSessionSeconds: number
  lastUsed?: { readonly at: Date; readonly region: string }
}

export interface User extends Identity {
  readonly groupNames: readonly string[]
}

export interface PolicyVersion {
  readonly id: string
  readonly document: string
  readonly createdAt: Date
}

/** A managed policy; its last version is the default one. */
export interface ManagedPolicy {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly arn: string
  readonly description: string
  readonly versions: readonly PolicyVersion[]
}
