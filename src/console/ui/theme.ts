/** Light or dark: as the reader's system is, until they choose. */
import { effect, signal } from '@preact/signals'

const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const KEPT_AS = 'callchart.theme'

export const theme = signal<Theme>(kept())

/** Shows the chosen theme, and keeps the choice on this machine. */
export function followTheme(): void {
  effect(() => {
    document.documentElement.classList.remove(...themes)
    document.documentElement.classList.add(theme.value)
    localStorage.setItem(KEPT_AS, theme.value)
  })
}

/** The next of system, light and dark. */
export function turnTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'system'
}

function kept(): Theme {
  const found = localStorage.getItem(KEPT_AS)
  return themes.find((each) => each === found) ?? 'system'
}
