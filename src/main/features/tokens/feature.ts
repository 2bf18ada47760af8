import { type Core, feature, type Use } from '../feature.ts';
import type { TokensDependencies } from './service.ts';
import { tokensStore } from './store.ts';

interface Needs {
  audit: { note: TokensDependencies['note'] };
}

export const tokens = feature({
  name: 'tokens',
  async make(needs: Use<Needs>, { db, changed }: Core) {
    const { TokensService } = await import('./service.ts');
    const audit = await needs.audit;
    return new TokensService({
      ...{ store: tokensStore(db), changed },
      note: (note, caller) => audit.note(note, caller),
    });
  },
  router: async (service) => (await import('./router.ts')).tokensRouter(service),
  servesAtOnce: true,
});
