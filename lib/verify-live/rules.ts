import { keyRules } from './key-rules.ts'
import type { Rule } from './rule.ts'
import { secretRules } from './secret-rules.ts'
import { tagRules } from './tag-rules.ts'

/** All rules of AWS that can be tried without risk, those first that others would spoil. */
export const rules: readonly Rule[] = [...tagRules, ...keyRules, ...secretRules]
