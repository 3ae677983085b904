/**
 * A policy document as JSON text. IAM URL-encodes it by RFC 3986, and some tools and endpoints decode it on the way; what
 * is neither comes back as it is, for the parser to complain of.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function decodeDocument(document: string): string {
  // Encoded, the brace that a policy starts with is `%7B`.
  if (document.trimStart().startsWith('{')) return document
  try {
    return decodeURIComponent(document)
  } catch {
    return document
  }
}
