'use client'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { themes } from './theme.ts'
import { useTheme } from './use-theme.ts'

const labels = { system: 'Like the system', light: 'Light', dark: 'Dark' } as const

/** Light, dark, or as the system has it. */
export function ThemeMenu() {
  const [theme, setTheme] = useTheme()
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel="Theme"
      iconSvg={<ContrastIcon />}
      items={themes.map((id) => ({ id, itemType: 'checkbox', text: labels[id], checked: id === theme }))}
      onItemClick={({ detail }) => setTheme(themes.find((known) => known === detail.id) ?? 'system')}
    />
  )
}

function ContrastIcon() {
  return (
    <svg viewBox="0 0 16 16" focusable="false" aria-hidden="true">
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2a6 6 0 0 1 0 12z" className="filled" />
    </svg>
  )
}
