import { allKinds } from '../../kinds/all.ts';
import type { CompileCache } from '../../kinds/compile-cache.ts';
import { Kinds } from '../../kinds/kinds.ts';
import { type Core, feature, type Use } from '../feature.ts';

interface Needs {
  compileCache: { cache: CompileCache };
}

/** What there is to know of each kind of project. */
export const kinds = feature({
  name: 'kinds',
  async make(needs: Use<Needs>, { home, kinds = allKinds }: Core) {
    const { cache } = await needs.compileCache;
    return {
      all: new Kinds(kinds, { dataFolder: home, compileCache: cache }),
    };
  },
  close: ({ all }) => all.close(),
});
