import { createContext, useContext } from 'react';

/** What is looked for among the settings; empty: all are shown. */
export const SettingSearch = createContext('');

/** Whether a setting with these texts is among those that are looked for. */
export function useIsFound(...texts: string[]): boolean {
  const words = useContext(SettingSearch).toLowerCase().split(/\s+/).filter(Boolean);
  const text = texts.join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
