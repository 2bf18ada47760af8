import type { Families } from '../../families/families.ts';
import type { Findable } from './match.ts';
import type { SearchStore } from './search-store.ts';

/** What a deployment is found by besides its log; undefined when it no longer exists. */
export type Known = (id: number) => Findable[] | undefined;

export const knownOf =
  (store: SearchStore, families: Pick<Families, 'words'>): Known =>
  (id) => {
    const about = store.about(id);
    if (!about) return undefined;
    const made = families.words(id, about.family, about.summary);
    return [...about.texts, ...made].map((text) => ({ seq: null, text }));
  };
