import { useEffect } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { useSettings } from '../core/queries/use-settings.ts';

type Theme = Settings['theme'];

/** Read by `public/theme.js` before the first paint. */
const storageKey = 'drydock.theme';
const systemIsLight = window.matchMedia('(prefers-color-scheme: light)');

export function appliedTheme(theme: Theme): 'dark' | 'light' {
  if (theme !== 'system') return theme;
  return systemIsLight.matches ? 'light' : 'dark';
}

/** Keeps the document's theme in step with the settings, or the system. */
export function useTheme(): void {
  const theme = useSettings().settings?.theme;
  useEffect(() => {
    if (!theme) return;
    localStorage.setItem(storageKey, theme);
    const apply = () => {
      document.documentElement.dataset.theme = appliedTheme(theme);
    };
    apply();
    systemIsLight.addEventListener('change', apply);
    return () => systemIsLight.removeEventListener('change', apply);
  }, [theme]);
}
