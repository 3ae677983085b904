import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import { allow, factsOf, inWordsOf, type Outcome, onCondition, policy, type Row, type Situation } from './testing.ts'

const SETS = 'IAM: Set operators for multivalued context keys'

const VARIABLES = 'IAM: Policy variables'

const TEAM = 'aws:ResourceTag/team'

const pay: Situation = { tags: { team: 'pay' } }

const yes: Outcome = 'allowed'

const no: Outcome = 'implicitDeny'

const variables: Row[] = [
  [
    'a tag as the value',
    VARIABLES,
    onCondition('StringEquals', TEAM, `\${aws:PrincipalTag/team}`, { ...pay, principalTags: { team: 'pay' } }),
    yes,
  ],
  [
    'its name ignores case',
    VARIABLES,
    onCondition('StringEquals', TEAM, `\${AWS:principaltag/TEAM}`, { ...pay, principalTags: { Team: 'pay' } }),
    yes,
  ],
  [
    'without a value it equals nothing',
    VARIABLES,
    onCondition('StringLike', TEAM, `\${aws:PrincipalTag/team}*`, pay),
    no,
  ],
  [
    'without a value a negated operator holds',
    VARIABLES,
    onCondition('StringNotEquals', TEAM, `\${aws:PrincipalTag/team}`, pay),
    yes,
  ],
  [
    'without a value the other values stay',
    VARIABLES,
    onCondition('StringEquals', TEAM, [`\${aws:PrincipalTag/team}`, 'pay'], pay),
    yes,
  ],
  ['a default stands in', VARIABLES, onCondition('StringEquals', TEAM, `\${aws:PrincipalTag/team, 'pay'}`, pay), yes],
  [
    'a default yields to a value',
    VARIABLES,
    onCondition('StringEquals', TEAM, `\${aws:PrincipalTag/team, 'pay'}`, { ...pay, principalTags: { team: 'ops' } }),
    no,
  ],
  ['the special variable for `*` is an asterisk', VARIABLES, onCondition('StringLike', TEAM, `p\${*}`, pay), no],
  [
    'the special variable for `?` is a question mark',
    VARIABLES,
    onCondition('StringLike', TEAM, `pa\${?}`, { tags: { team: 'pa?' } }),
    yes,
  ],
  [
    'the special variable for `$` is a dollar sign',
    VARIABLES,
    onCondition('StringEquals', TEAM, `\${$}{x}`, { tags: { team: `\${x}` } }),
    yes,
  ],
  [
    'an older version has no variables',
    VARIABLES,
    {
      tags: { team: `\${aws:PrincipalTag/team}` },
      principalTags: { team: 'x' },
      identity: [
        {
          Version: '2008-10-17',
          Statement: [allow({ Condition: { StringEquals: { [TEAM]: `\${aws:PrincipalTag/team}` } } })],
        },
      ],
    },
    yes,
  ],
  [
    'a missing version is the older one',
    VARIABLES,
    {
      ...pay,
      principalTags: { team: 'pay' },
      identity: [{ Statement: [allow({ Condition: { StringEquals: { [TEAM]: `\${aws:PrincipalTag/team}` } } })] }],
    },
    no,
  ],
  [
    'a multivalued key is no variable',
    SETS,
    onCondition('StringEquals', TEAM, `\${aws:TagKeys}`, { ...pay, context: { 'aws:TagKeys': ['pay'] } }),
    'undocumented',
  ],
  [
    'a wildcard that a variable brings along',
    VARIABLES,
    onCondition('StringLike', TEAM, `\${aws:PrincipalTag/team}`, { ...pay, principalTags: { team: 'p*' } }),
    'undocumented',
  ],
  [
    'which matters only to operators with wildcards',
    VARIABLES,
    onCondition('StringEquals', TEAM, `\${aws:PrincipalTag/team}`, { ...pay, principalTags: { team: 'p*' } }),
    no,
  ],
  [
    'numbers know no variables',
    VARIABLES,
    onCondition('NumericEquals', 'aws:ResourceTag/n', `\${aws:PrincipalTag/n}`, {
      tags: { n: '1' },
      principalTags: { n: '1' },
    }),
    no,
  ],
  [
    'Bool knows them on one page and not on the other',
    VARIABLES,
    onCondition('Bool', 'aws:ResourceTag/b', `\${aws:PrincipalTag/b}`, {
      tags: { b: 'true' },
      principalTags: { b: 'true' },
    }),
    'undocumented',
  ],
  [
    'a variable in Resource',
    VARIABLES,
    {
      type: 'secret',
      principalTags: { team: 'pay' },
      identity: [policy(allow({ Resource: `arn:aws:secretsmanager:*:*:secret:\${aws:PrincipalTag/team}/*` }))],
    },
    yes,
  ],
  [
    'without a value it is no resource',
    VARIABLES,
    {
      type: 'secret',
      identity: [policy(allow({ Resource: `arn:aws:secretsmanager:*:*:secret:\${aws:PrincipalTag/team}/*` }))],
    },
    no,
  ],
  [
    'without a value in NotResource',
    VARIABLES,
    {
      type: 'secret',
      identity: [policy(allow({ NotResource: `arn:aws:secretsmanager:*:*:secret:\${aws:PrincipalTag/team}/*` }))],
    },
    'undocumented',
  ],
  [
    'before the fifth colon',
    VARIABLES,
    {
      type: 'secret',
      identity: [policy(allow({ Resource: `arn:aws:secretsmanager:*:\${aws:PrincipalAccount}:secret:*` }))],
    },
    'undocumented',
  ],
  [
    'a wildcard that a variable brings into Resource',
    VARIABLES,
    {
      type: 'secret',
      principalTags: { team: 'p*' },
      identity: [policy(allow({ Resource: `arn:aws:secretsmanager:*:*:secret:\${aws:PrincipalTag/team}/*` }))],
    },
    'undocumented',
  ],
  [
    'a wildcard of the pattern beside a variable acts',
    VARIABLES,
    onCondition('StringLike', TEAM, `\${aws:PrincipalTag/team}*`, { ...pay, principalTags: { team: 'p' } }),
    yes,
  ],
]

test.each(variables)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
