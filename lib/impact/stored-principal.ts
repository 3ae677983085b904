import type { StoredPrincipal } from '../impact-facts.ts'
import type { KnownPrincipal } from '../principals/known-principal.ts'

/** A principal with its policies as texts, from which the engine's principal can be made again. */
export function storedPrincipal({ access, documents }: KnownPrincipal): StoredPrincipal {
  const { arn, roleArn = null, userId = null, tags, sessionTags, groups = [] } = access
  return {
    arn,
    roleArn,
    userId,
    tags: [...tags].map(([key, value]) => ({ key, value })),
    sessionTagsUnknown: sessionTags === 'unknown',
    documents: documents.map((document) => ({
      pointer: document.pointer,
      name: document.name,
      arn: document.arn,
      text: document.text,
    })),
    groupNames: groups.map(({ name }) => name),
  }
}
