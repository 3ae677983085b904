/** Mutants that nothing notices, named by file and change, with the reason why that is no fault. */
interface Survivors {
  file: string
  kind: 'equivalent' | 'slower' | 'wording'
  reason: string
  whats: readonly string[]
}

/** Each was looked at; what is on no list counts as not explained. */
export const survivors: readonly Survivors[] = [
  {
    file: 'lib/access/atoms.ts',
    kind: 'equivalent',
    reason:
      'An opaque atom has no truth that a comparison could settle, so that the operator which stands in for none is never asked.',
    whats: [
      "PLACEHOLDER: without `base: 'Null', `",
      'PLACEHOLDER: without `negated: false, `',
      'PLACEHOLDER: without `, ifExists: false`',
      'PLACEHOLDER: `false` → `true`',
      'PLACEHOLDER: `false` → `true` (2)',
    ],
  },
  {
    file: 'lib/access/atoms.ts',
    kind: 'equivalent',
    reason: 'The text of the entry before it names the context keys in the same order.',
    whats: ['opaqueAtom: without `key, `'],
  },
  {
    file: 'lib/access/context.ts',
    kind: 'equivalent',
    reason: 'Where two spellings make the value doubtful, only that there is a value decides anything.',
    whats: ['indexTags: without `...earlier, `'],
  },
  {
    file: 'lib/access/glob.ts',
    kind: 'slower',
    reason: 'A pattern of one token is matched without being cut into runs; the runs say the same.',
    whats: [
      "matchesPattern: `if (second === undefined && first.kind === 'text') return first.text === text` → `if (false) return first.text === text`",
      "matchesPattern: `if (second === undefined && first.kind === 'many') return true` → `if (false) return true`",
    ],
  },
  {
    file: 'lib/access/glob.ts',
    kind: 'slower',
    reason: 'The runs of a pattern are kept.',
    whats: ['runsOf: `if (known !== undefined) return known` → `if (false) return known`'],
  },
  {
    file: 'lib/access/glob.ts',
    kind: 'equivalent',
    reason:
      '`tokenize` and `substitute` leave no two stars side by side, so that no run between stars is empty and none ends where it starts.',
    whats: ['matchesRuns: `at < 0` → `at <= 0` (2)', 'endOfFirst: `end >= 0` → `end > 0`'],
  },
  {
    file: 'lib/access/grants.ts',
    kind: 'slower',
    reason: 'A candidate without actions is asked about none.',
    whats: ['granteeCandidates: `if (isEmptyMask(mask)) return []` → `if (false) return []`'],
  },
  {
    file: 'lib/access/grants.ts',
    kind: 'equivalent',
    reason: 'A grant that may be retired freely may also be retired under what limits its other operations.',
    whats: ['partsOf: without `, retireGrant`'],
  },
  {
    file: 'lib/access/key-facts.ts',
    kind: 'slower',
    reason: 'What is known of a name is kept, within bounds; looking it up again gives the same.',
    whats: [
      'keyFacts: `if (known !== undefined) return known` → `if (false) return known`',
      'keyFacts: `if (remembered.size < REMEMBERED_MAX) remembered.set(contextKey, facts)` → `if (false) remembered.set(contextKey, facts)`',
      'keyFacts: `remembered.size < REMEMBERED_MAX` → `remembered.size >= REMEMBERED_MAX`',
      'keyFacts: `remembered.size < REMEMBERED_MAX` → `remembered.size <= REMEMBERED_MAX`',
    ],
  },
  {
    file: 'lib/access/operators.ts',
    kind: 'slower',
    reason: 'A pattern without variables has nothing to substitute.',
    whats: [
      'matchesValue: `if (!hasVariable(pattern)) return compare(value, pattern)` → `if (false) return compare(value, pattern)`',
    ],
  },
  {
    file: 'lib/access/pattern.ts',
    kind: 'slower',
    reason: 'A text without wildcards falls into no parts.',
    whats: [
      'withWildcards: `if (!WILDCARD.test(text)) return textTokens(text)` → `if (false) return textTokens(text)`',
    ],
  },
  {
    file: 'lib/access/pattern.ts',
    kind: 'slower',
    reason: 'A pattern without variables is put together again as it was.',
    whats: ['substitute: `if (!hasVariable(pattern)) return pattern` → `if (false) return pattern`'],
  },
  {
    file: 'lib/access/prepare.ts',
    kind: 'slower',
    reason: 'The statements of a policy are kept.',
    whats: ['prepare: `if (remembered !== undefined) return remembered` → `if (false) return remembered`'],
  },
  {
    file: 'lib/access/prepare.ts',
    kind: 'equivalent',
    reason:
      'Beside a Null of both `true` and `false`, which is always true, no document says what an empty text is to ForAllValues; both answers are of that doubt.',
    whats: ['asksForPresence: `values.every` → `values.some`'],
  },
  {
    file: 'lib/access/prepare.ts',
    kind: 'equivalent',
    reason: 'A request that is compared by Resource has one.',
    whats: ['resourceEntry: without `, ifExists: false`', 'resourceEntry: `false` → `true`'],
  },
  {
    file: 'lib/access/prepare.ts',
    kind: 'equivalent',
    reason: 'The text must tell Resource from NotResource, and does so either way round; nobody reads it.',
    whats: ["resourceEntry: `negated ? 'NotResource' : 'Resource'` → `negated ? 'Resource' : 'NotResource'`"],
  },
  {
    file: 'lib/access/prepare.ts',
    kind: 'equivalent',
    reason: 'An empty list of doubtful patterns is as none.',
    whats: [
      'resourceEntry: `doubtful.length === 0 ? entry : { ...entry, doubtful }` → `doubtful.length === 0 ? { ...entry, doubtful } : entry`',
    ],
  },
  {
    file: 'lib/access/resource-side.ts',
    kind: 'equivalent',
    reason: 'Only SCPs are counted by level.',
    whats: ['policyCandidates: without `level: 0, `', 'candidatesOf: without `level, `'],
  },
  {
    file: 'lib/access/resource-side.ts',
    kind: 'equivalent',
    reason: 'Grants are all read or none is: `unread` stands for the list.',
    whats: ['retireGrantDelegation: `grants.every` → `grants.some`'],
  },
  {
    file: 'lib/access/resource-side.ts',
    kind: 'slower',
    reason: 'A candidate without actions is asked about none.',
    whats: ['candidatesOf: `if (isEmptyMask(mask)) return []` → `if (false) return []`'],
  },
  {
    file: 'lib/access/resource-side.ts',
    kind: 'equivalent',
    reason: 'Reading a policy of a resource refuses statements without Principal; it is for the compiler.',
    whats: ['placesOf: `if (principal === undefined) return []` → `if (false) return []`'],
  },
  {
    file: 'lib/access/resource-side.ts',
    kind: 'equivalent',
    reason: 'A Deny counts the same in every slot, and once is enough.',
    whats: [
      "placesOf: `if (effect === 'Deny') return named.map(({ ifSession }) => withSession({ atoms: [] }, ifSession))` → `if (false) return named.map(({ ifSession }) => withSession({ atoms: [] }, ifSession))`",
    ],
  },
  {
    file: 'lib/access/resource-side.ts',
    kind: 'equivalent',
    reason: '`direct` is the slot of a resource policy where no other is told.',
    whats: ["slotOf: without `role: 'direct', `"],
  },
  {
    file: 'lib/access/settle.ts',
    kind: 'equivalent',
    reason: 'Only whether the operator knows wildcards is asked here, not variables.',
    whats: ['settleFree: `true` → `false`'],
  },
  {
    file: 'lib/access/settle.ts',
    kind: 'slower',
    reason: 'What is known is settled at once; the search settles the atom that is left of it likewise.',
    whats: [
      'settleFree: `if (values === undefined || !patterns.some(hasVariable)) return settleKnown(entry, operator, values, patterns, know)` → `if (false) return settleKnown(entry, operator, values, patterns, know)`',
      'settleFree: `values === undefined || !patterns.some(hasVariable)` → `values === undefined && !patterns.some(hasVariable)`',
      'settleFree: `patterns.some` → `patterns.every`',
    ],
  },
  {
    file: 'lib/access/settle.ts',
    kind: 'equivalent',
    reason:
      'All of one text or more hold only if one does; for an empty text no document says so, and the doubt stays.',
    whats: ["settleWithoutSet: without `, 'all'`"],
  },
  {
    file: 'lib/access/situation.ts',
    kind: 'equivalent',
    reason: 'RCPs only deny, and all Denies share the first place.',
    whats: ['places: without `rcp: 7, `'],
  },
  {
    file: 'lib/access/values.ts',
    kind: 'slower',
    reason: 'What was read is kept, within bounds; reading it again gives the same.',
    whats: [
      'remembering: `if (known.has(text)) return known.get(text) as Value` → `if (false) return known.get(text) as Value`',
      'remembering: `if (known.size >= REMEMBERED_MAX) known.clear()` → `if (false) known.clear()`',
      'remembering: `known.size >= REMEMBERED_MAX` → `known.size < REMEMBERED_MAX`',
      'remembering: `known.size >= REMEMBERED_MAX` → `known.size > REMEMBERED_MAX`',
    ],
  },
  {
    file: 'lib/access/search/automaton.ts',
    kind: 'slower',
    reason: 'Cases of a letter that no glob tells apart go where other characters go.',
    whats: ['alphabetOf: `if (!step.ignoreCase) continue` → `if (false) continue`'],
  },
  {
    file: 'lib/access/search/automaton.ts',
    kind: 'equivalent',
    reason:
      'The cases of a letter only matter where a glob that heeds case tells them apart; it names one of them, which gives all.',
    whats: ['alphabetOf: `!step.ignoreCase` → `step.ignoreCase`'],
  },
  {
    file: 'lib/access/search/bounds.ts',
    kind: 'slower',
    reason: 'The search leaves a branch later, and finds no more in it.',
    whats: [
      'isSettledAlike: `if (!isChanged) return true` → `if (false) return true`',
      'isSettledAlike: `true` → `false`',
    ],
  },
  {
    file: 'lib/access/search/classes.ts',
    kind: 'slower',
    reason: 'Classes are kept, within bounds; working them out again gives the same.',
    whats: [
      'remembered: `if (cached) return cached` → `if (false) return cached`',
      'remembered: `if (cache.size >= CACHED_MAX) cache.clear()` → `if (false) cache.clear()`',
      'remembered: `cache.size >= CACHED_MAX` → `cache.size < CACHED_MAX`',
      'remembered: `cache.size >= CACHED_MAX` → `cache.size > CACHED_MAX`',
    ],
  },
  {
    file: 'lib/access/search/explore.ts',
    kind: 'equivalent',
    reason: 'All quadrants that are wanted are flips or none is; where none is wanted, the first node ends the search.',
    whats: ['explore: `wanted.every` → `wanted.some`'],
  },
  {
    file: 'lib/access/search/explore.ts',
    kind: 'slower',
    reason: 'The search leaves a branch, or ends, later, and finds no more.',
    whats: [
      "explore: `quadrant === 'loss' || quadrant === 'gain'` → `quadrant === 'loss' && quadrant === 'gain'`",
      'explore: `if (isFlip && numbered.statements.every((statement) => isSettledAlike(statement, truths))) return` → `if (false) return`',
      'explore: `if (![...missing].some((each) => isPossible(each, answers))) return` → `if (false) return`',
      'explore: `if (missing.size === 0 || budget.nodes <= 0) break` → `if (false) break`',
      'explore: `missing.size === 0 || budget.nodes <= 0` → `missing.size === 0 && budget.nodes <= 0`',
      'explore: `budget.nodes <= 0` → `budget.nodes < 0` (2)',
    ],
  },
  {
    file: 'lib/access/search/explore.ts',
    kind: 'slower',
    reason: 'Which atom is settled first decides how soon the search ends, not what there is to find.',
    whats: [
      'branchingAtom: `atoms?.some` → `atoms?.every`',
      'branchingAtom: `isChanged ? 0 : 1_000` → `isChanged ? 1_000 : 0`',
      'branchingAtom: `cost >= fewest` → `cost > fewest`',
    ],
  },
  {
    file: 'lib/access/search/globs.ts',
    kind: 'equivalent',
    reason: 'A colon has no case, and what is left out is as false.',
    whats: ['COLON: without `, ignoreCase: false`', 'COLON: `false` → `true`'],
  },
  {
    file: 'lib/access/search/globs.ts',
    kind: 'equivalent',
    reason: 'The text holds no variable.',
    whats: ['completeArn: `false` → `true`'],
  },
  {
    file: 'lib/access/search/key-values.ts',
    kind: 'slower',
    reason: 'One more text that is like the others.',
    whats: ['freshTexts: `fresh.length < count` → `fresh.length <= count`'],
  },
  {
    file: 'lib/access/search/options.ts',
    kind: 'equivalent',
    reason: 'Every key of a group has a pool.',
    whats: ['optionsOf: `false` → `true`'],
  },
  {
    file: 'lib/access/search/options.ts',
    kind: 'slower',
    reason: 'Values that look alike are all tried.',
    whats: [
      'distinct: `keysOf(atom).length > 1 && keysOf(atom).includes(key)` → `keysOf(atom).length > 1 || keysOf(atom).includes(key)`',
      'distinct: `keysOf(atom).length > 1` → `keysOf(atom).length >= 1`',
      'distinct: `group.keys.length === 1` → `group.keys.length !== 1`',
    ],
  },
  {
    file: 'lib/access/search/options.ts',
    kind: 'equivalent',
    reason: 'Only whether two sets are alike in it matters.',
    whats: ["whatIsSeen: `values.join('') === ''` → `values.join('') !== ''`"],
  },
  {
    file: 'lib/access/search/options.ts',
    kind: 'slower',
    reason: 'More is told apart than makes a difference.',
    whats: [
      'whatIsSeen: without `, atoms: group.atoms.filter((atom) => keysOf(atom).every((each) => each === key))`',
      'whatIsSeen: `keysOf(atom).every` → `keysOf(atom).some`',
    ],
  },
  {
    file: 'lib/access/search/pools.ts',
    kind: 'slower',
    reason: 'Values of one more key are tried.',
    whats: [
      "readsOnly: `token.kind === 'variable' && token.contextKey === key` → `token.kind === 'variable' || token.contextKey === key`",
    ],
  },
  {
    file: 'lib/access/search/reach.ts',
    kind: 'slower',
    reason: 'Where nothing is wanted, nothing is found.',
    whats: ['Explorer: `if (wanted.length === 0) return new Map()` → `if (false) return new Map()`'],
  },
  {
    file: 'lib/access/search/search.ts',
    kind: 'equivalent',
    reason: 'What the search found always shows the change; that it did not would be a fault of the search.',
    whats: ['searchSituation: `if (!witness) return unproved` → `if (false) return unproved`'],
  },
  {
    file: 'lib/access/search/witness.ts',
    kind: 'equivalent',
    reason: 'Each key is in one group only, so that no two are equal.',
    whats: ['contextOf: `a < b` → `a <= b`'],
  },
  {
    file: 'lib/access/account.ts',
    kind: 'slower',
    reason: 'Of no resource nothing changes.',
    whats: ['analysesOf: `if (own.length === 0) continue` → `if (false) continue`'],
  },
  {
    file: 'lib/access/account/analysis.ts',
    kind: 'slower',
    reason: 'Where no policy reads a tag that goes, no ask has another outcome; this only says so sooner.',
    whats: [
      'Analysis: `if (this.#readByTheirSide.size === 0 && !readAny(documents, this.#service, this.#removed)) return` → `if (false) return`',
    ],
  },
  {
    file: 'lib/access/account/bind.ts',
    kind: 'slower',
    reason: 'The same for three kinds of requests one by one, put together again.',
    whats: [
      'Binder: `if (!candidate.entries.some(readsRequestTags)) return this.#bindOne(candidate, mask, request)` → `if (false) return this.#bindOne(candidate, mask, request)`',
    ],
  },
  {
    file: 'lib/access/account/bind.ts',
    kind: 'slower',
    reason: 'A statement without actions is asked about none.',
    whats: ['Binder: `if (isEmptyMask(mask)) return []` → `if (false) return []`'],
  },
  {
    file: 'lib/access/account/bind.ts',
    kind: 'slower',
    reason: 'What hangs on no resource is asked of each, with one outcome.',
    whats: ['Binder: `ofResource.length > 0` → `ofResource.length >= 0`'],
  },
  {
    file: 'lib/access/account/bind.ts',
    kind: 'slower',
    reason: 'Outcomes are kept.',
    whats: ['Binder: `if (remembered !== undefined) return remembered` → `if (false) return remembered`'],
  },
  {
    file: 'lib/access/account/classes.ts',
    kind: 'slower',
    reason: 'What is settled is searched as well, and comes out the same.',
    whats: ['ClassDecider: without `after.least[word], `'],
  },
  {
    file: 'lib/access/account/partition.ts',
    kind: 'slower',
    reason: 'Outcomes of one ask are numbered anew, and those of several are not kept.',
    whats: [
      'outcomesOf: `if (only !== undefined && others.length === 0) return only.outcomeOf` → `if (false) return only.outcomeOf`',
      'outcomesOf: `only !== undefined` → `only === undefined`',
      'outcomesOf: `if (known !== undefined) return known` → `if (false) return known`',
    ],
  },
  {
    file: 'lib/access/search/scales.ts',
    kind: 'wording',
    reason: 'The first or the last second is told in the other notation.',
    whats: [
      'dateText: `seconds < FIRST_SECOND` → `seconds <= FIRST_SECOND`',
      'dateText: `seconds > LAST_SECOND` → `seconds >= LAST_SECOND`',
    ],
  },
  {
    file: 'lib/access/search/search.ts',
    kind: 'slower',
    reason: 'A flip that is not conceivable is looked for in vain.',
    whats: ['isConceivable: without `, before`', 'isConceivable: without `, after`'],
  },
  {
    file: 'lib/access/search/witness.ts',
    kind: 'equivalent',
    reason: 'What is shown was held against the situation before; that it fails here would be a fault of the search.',
    whats: ['witnessOf: `if (!holdsAt(numbered, quadrant, found)) return undefined` → `if (false) return undefined`'],
  },
]
