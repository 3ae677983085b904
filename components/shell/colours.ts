import * as tokens from '@cloudscape-design/design-tokens'
import type { CSSProperties } from 'react'

/**
 * Cloudscape's design tokens under names that globals.css can use: theirs carry a hash. They are set on the body, where
 * the class for the dark theme stands, so that they follow it.
 */
export const colours = {
  '--untag-border': tokens.colorBorderDividerDefault,
  '--untag-border-strong': tokens.colorBorderItemSelected,
  '--untag-chip': tokens.colorBackgroundCellShaded,
  '--untag-chip-strong': tokens.colorBackgroundItemSelected,
  '--untag-code': tokens.colorBackgroundCodeView,
  '--untag-hidden': tokens.colorTextStatusWarning,
  '--untag-quiet': tokens.colorTextBodySecondary,
  '--untag-link': tokens.colorTextLinkDefault,
  '--untag-link-hover': tokens.colorTextLinkHover,
  '--untag-bar': tokens.colorChartsPaletteCategorical1,
  '--untag-focus': tokens.colorBorderItemFocused,
  '--untag-mono': tokens.fontFamilyMonospace,
} as CSSProperties
