'use client'
import Select, { type SelectProps } from '@cloudscape-design/components/select'
import { counted } from '#components/ui/counted.ts'
import { type ImpactReview, impactSigns } from '#lib/impact-review.ts'
import { impactVerdicts } from '#lib/item-impact.ts'
import type { Direction } from '#lib/removal/state.ts'
import { signLabels, verdictWords } from './impact-words.ts'
import type { PlanView } from './plan-view.ts'

interface ImpactFilterProps {
  impact: ImpactReview
  direction: Direction
  view: PlanView
  onChange: (view: Pick<PlanView, 'verdict' | 'sign'>) => void
}

/** Which resources the list shows: by verdict, or by what may be true of them. What does not occur is not offered. */
export function ImpactFilter({ impact: { verdicts, signs }, direction, view, onChange }: ImpactFilterProps) {
  const entry = (by: 'verdict' | 'sign', word: string, label: string, resources: number) => ({
    option: { value: `${by}:${word}`, label, description: counted(resources, 'resource') },
    isShown: resources > 0 || view[by] === word,
  })
  const all: SelectProps.Option = { value: 'all', label: 'All' }
  const ofVerdicts = shown(
    impactVerdicts.map((verdict) => entry('verdict', verdict, verdictWords[verdict].label, verdicts[verdict])),
  )
  const ofSigns = shown(impactSigns.map((sign) => entry('sign', sign, signLabels[direction][sign], signs[sign])))
  const value = view.verdict === null ? (view.sign === null ? 'all' : `sign:${view.sign}`) : `verdict:${view.verdict}`
  const choose = (chosen: string | undefined) =>
    onChange({
      verdict: impactVerdicts.find((verdict) => chosen === `verdict:${verdict}`) ?? null,
      sign: impactSigns.find((sign) => chosen === `sign:${sign}`) ?? null,
    })
  return (
    <Select
      selectedOption={[all, ...ofVerdicts, ...ofSigns].find((option) => option.value === value) ?? all}
      options={[
        all,
        { label: 'What matters most', options: ofVerdicts },
        { label: 'What may be true besides', options: ofSigns },
      ]}
      ariaLabel="Show resources by access impact"
      inlineLabelText="Access impact"
      onChange={({ detail }) => choose(detail.selectedOption.value)}
    />
  )
}

function shown(entries: { option: SelectProps.Option; isShown: boolean }[]): SelectProps.Option[] {
  return entries.filter(({ isShown }) => isShown).map(({ option }) => option)
}
