import { create } from 'zustand';
import type { AskedSettings } from './settings-fields.ts';

/** A chain that may be created anew, and how. What is left out stays as it is. */
export interface Anew {
  chain: string;
  input: Partial<AskedSettings>;
}

/** The question that comes before that. */
export const useAskedAnew = create<{ asked: Anew | null }>(() => ({ asked: null }));

export const askAnew = (asked: Anew): void => useAskedAnew.setState({ asked });

export const closeAnew = (): void => useAskedAnew.setState({ asked: null });
