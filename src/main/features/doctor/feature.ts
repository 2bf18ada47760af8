import { type Core, feature, type Together, type Use } from '../feature.ts';
import { reconcilerOf } from './reconciler.ts';
import type { DoctorDependencies } from './service.ts';
import { repairsStore } from './store.ts';

interface Needs {
  engines: { checks: DoctorDependencies['machine']; dockerState: () => { status: string } };
}

export const doctor = feature({
  name: 'doctor',
  async make(needs: Use<Needs>, core: Core, together: Together) {
    const { doctorService } = await import('./service.ts');
    const { home, db, logger, isPresent, changed, corrected } = core;
    const engines = await needs.engines;
    const opened = once(corrected);
    return {
      service: doctorService({
        dataFolder: home,
        isPresent,
        machine: engines.checks,
        more: together.checks,
      }),
      reconciler: reconcilerOf({
        store: repairsStore(db),
        logger,
        passes: async () => [opened, ...(await together.passes())],
        changed,
      }),
      isDockerReady: () => engines.dockerState().status === 'ready',
    };
  },
  router: async ({ service, reconciler }) =>
    (await import('./router.ts')).doctorRouter(service, reconciler),
  makeReady: ({ reconciler }) => reconciler.run(),
  start({ reconciler, isDockerReady }, { changes }) {
    reconciler.everyMinute();
    changes.listen(({ topic }) => {
      // What could not be told without Docker can be now.
      if (topic === 'engine' && isDockerReady()) void reconciler.run();
    });
  },
  stop: ({ reconciler }) => reconciler.close(),
});

/** Tells a repair that was made before there was anything to write it down in. */
function once(text: string | null): () => Promise<string[]> {
  const told = text === null ? [] : [text];
  return async () => told.splice(0);
}
