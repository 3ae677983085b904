import type { KeyFacts } from '../situation.ts'

/** Values as they look in AWS, so that a person recognises them. Lower-case context keys. */
const byKey: Readonly<Record<string, readonly string[]>> = {
  'aws:sourcevpc': ['vpc-0123456789abcdef0'],
  'aws:sourcevpce': ['vpce-0123456789abcdef0'],
  'aws:principalorgid': ['o-a1b2c3d4e5'],
  'aws:resourceorgid': ['o-a1b2c3d4e5'],
  'aws:sourceorgid': ['o-a1b2c3d4e5'],
  'aws:sourceaccount': ['123456789012'],
  'aws:sourcearn': ['arn:aws:lambda:us-east-1:123456789012:function:example'],
  'aws:calledvia': ['cloudformation.amazonaws.com'],
  'aws:calledviafirst': ['cloudformation.amazonaws.com'],
  'aws:calledvialast': ['cloudformation.amazonaws.com'],
  'aws:userid': ['AROA1234567890EXAMPLE:example', 'AIDA1234567890EXAMPLE'],
  'aws:useragent': ['aws-cli/2.0'],
  'kms:viaservice': ['secretsmanager.us-east-1.amazonaws.com', 's3.us-east-1.amazonaws.com'],
}

const byType: Readonly<Partial<Record<KeyFacts['type'], readonly string[]>>> = {
  arn: ['arn:aws:iam::123456789012:role/example'],
  bool: ['true', 'false'],
  date: ['2030-01-01T00:00:00Z'],
  numeric: ['1'],
}

/** Real-looking values of a context key, none of which need be distinct from what the policies name. */
export function realValues(contextKey: string, type: KeyFacts['type']): readonly string[] {
  return byKey[contextKey] ?? byType[type] ?? []
}
