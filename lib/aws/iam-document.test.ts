import { expect, test } from 'vitest'
import { decodeDocument } from './iam-document.ts'

const policy = '{"Version":"2012-10-17","Statement":[{"Resource":"arn:aws:kms:*:*:key/*","Sid":"100%+ä"}]}'

test.each([
  ['URL-encoded by RFC 3986', encodeURIComponent(policy), policy],
  ['with white space before it', encodeURIComponent(`\n ${policy}`), `\n ${policy}`],
  ['plain, a lone percent sign in it', policy, policy],
  ['plain, with white space before it', ` ${policy}`, ` ${policy}`],
  ['neither', '%E0%A4%A', '%E0%A4%A'],
])('a document that comes %s', (_, document, text) => {
  expect(decodeDocument(document)).toBe(text)
})
