import { useEffect } from 'react';
import type { Settings } from '#main/features/settings/contract.ts';
import { useSettings } from '../core/queries/use-settings.ts';

type Theme = Settings['theme'];
type Contrast = Settings['contrast'];

/** Both are read by `public/theme.js` before the first paint. */
const themeKey = 'drydock.theme';
const contrastKey = 'drydock.contrast';

const systemIsLight = window.matchMedia('(prefers-color-scheme: light)');
const systemWantsMore = window.matchMedia('(prefers-contrast: more)');
/** Paper is light. */
const paper = window.matchMedia('print');

export function appliedTheme(theme: Theme): 'dark' | 'light' {
  if (paper.matches) return 'light';
  if (theme !== 'system') return theme;
  return systemIsLight.matches ? 'light' : 'dark';
}

function appliedContrast(contrast: Contrast): 'usual' | 'more' {
  if (contrast !== 'system') return contrast;
  return systemWantsMore.matches ? 'more' : 'usual';
}

/** Keeps the document's theme and contrast in step with the settings, or the system. */
export function useTheme(): void {
  const { theme, contrast } = useSettings().settings ?? {};
  useEffect(() => {
    if (!theme || !contrast) return;
    localStorage.setItem(themeKey, theme);
    localStorage.setItem(contrastKey, contrast);
    const apply = () => {
      const { dataset } = document.documentElement;
      dataset.theme = appliedTheme(theme);
      dataset.contrast = appliedContrast(contrast);
    };
    apply();
    const systems = [systemIsLight, systemWantsMore, paper];
    for (const system of systems) system.addEventListener('change', apply);
    return () => {
      for (const system of systems) system.removeEventListener('change', apply);
    };
  }, [theme, contrast]);
}
