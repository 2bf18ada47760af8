import { type Core, feature, type Use } from '../feature.ts';
import type { TracesDependencies } from './service.ts';
import { tracesStore } from './store.ts';

interface Needs {
  deploymentRecords: { userOf: (chain: string) => string | undefined };
  chains: {
    runningUrl: TracesDependencies['chainUrl'];
    beforeEnd: (held: (chain: string) => Promise<void>) => void;
  };
  preimages: TracesDependencies['preimages'];
  chainIndex: TracesDependencies['blocks'] & {
    onLooked: (listener: (chain: string) => void) => void;
  };
}

export const traces = feature({
  name: 'traces',
  async make(needs: Use<Needs>, { db, logger }: Core) {
    const { tracesService } = await import('./service.ts');
    const { userOf } = await needs.deploymentRecords;
    const { runningUrl, beforeEnd } = await needs.chains;
    const blocks = await needs.chainIndex;
    const service = tracesService({
      store: tracesStore(db),
      blocks,
      preimages: await needs.preimages,
      logger,
      chainUrl: runningUrl,
      isUsed: (chain) => userOf(chain) !== undefined,
      together: (write) => db.transaction(write).immediate(),
    });
    return { ...service, beforeEnd, onLooked: blocks.onLooked };
  },
  on: {
    'network.removed': (service) => service.forget(),
  },
  start({ look, lastMoment, beforeEnd, onLooked }) {
    onLooked(look);
    beforeEnd(lastMoment);
  },
  close: (service) => service.close(),
});
