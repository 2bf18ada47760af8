import { type Caller, DRYDOCK } from '../../shared/caller.ts';
import type { KindInfo } from '../../shared/kind.ts';
import type { Deployment, RedeployInput, StartInput, Trigger } from '../deployments/contract.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { WatchesDependencies } from './service.ts';
import { watchesStore } from './store.ts';

type Dependencies = WatchesDependencies;

interface Needs {
  projects: { find: Dependencies['project'] };
  kinds: { all: { infos(): readonly KindInfo[] } };
  networks: { find: Dependencies['network'] };
  chains: Dependencies['chains'];
  deployments: Omit<Dependencies['deployments'], 'redeploy' | 'start'> & {
    start: (input: StartInput, by: Caller) => Promise<Deployment>;
    redeploy: (input: RedeployInput, by: Caller, trigger: Trigger) => Promise<Deployment>;
  };
}

/** Watch mode: a project is deployed again after each change of its sources. */
export const watches = feature({
  name: 'watches',
  async make(needs: Use<Needs>, core: Core) {
    const { db, logger, owner, isAlive, changed, changes } = core;
    const { watchesService } = await import('./service.ts');
    const { all } = await needs.kinds;
    const { start, redeploy, ...deployments } = await needs.deployments;
    return watchesService({
      ...{ store: watchesStore(db), logger, owner, isAlive, changed, changes },
      project: (await needs.projects).find,
      kindInfo: (kind) => all.infos().find(({ id }) => id === kind),
      network: (await needs.networks).find,
      chains: await needs.chains,
      deployments: {
        ...deployments,
        start: (input) => start(input, DRYDOCK),
        redeploy: (id) => redeploy({ id, asItIsNow: true }, DRYDOCK, 'watch'),
      },
    });
  },
  router: async (service) => (await import('./router.ts')).watchesRouter(service),
  on: {
    'project.removed': ({ removed }, { project }) => removed(project.id),
    'deployment.ended'({ tryAgain, deployed }, { deployment, status }) {
      if (status === 'succeeded') deployed(deployment);
      tryAgain(deployment.target);
    },
    'chain.started': ({ tryAgain }, { chain }) => tryAgain(chain),
  },
  start(service, { stays }) {
    return stays ? service.resume() : undefined;
  },
  stop: (service) => service.close(),
});
