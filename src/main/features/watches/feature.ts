import type { KindInfo } from '../../shared/kind.ts';
import type { RedeployInput, Trigger } from '../deployments/contract.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { WatchesDependencies } from './service.ts';
import { watchesStore } from './store.ts';

type Dependencies = WatchesDependencies;

interface Needs {
  projects: { find: Dependencies['project'] };
  kinds: { all: { infos(): readonly KindInfo[] } };
  networks: { find: Dependencies['network'] };
  chains: Dependencies['chains'];
  deployments: Omit<Dependencies['deployments'], 'redeploy'> & {
    redeploy: (
      input: RedeployInput,
      trigger: Trigger,
    ) => ReturnType<Dependencies['deployments']['redeploy']>;
  };
}

/** Watch mode: a project is deployed again after each change of its sources. */
export const watches = feature({
  name: 'watches',
  async make(needs: Use<Needs>, core: Core) {
    const { db, logger, owner, isAlive, changed, changes } = core;
    const { watchesService } = await import('./service.ts');
    const { all } = await needs.kinds;
    const { redeploy, ...deployments } = await needs.deployments;
    return watchesService({
      ...{ store: watchesStore(db), logger, owner, isAlive, changed, changes },
      project: (await needs.projects).find,
      kindInfo: (kind) => all.infos().find(({ id }) => id === kind),
      network: (await needs.networks).find,
      chains: await needs.chains,
      deployments: {
        ...deployments,
        redeploy: (id) => redeploy({ id, asItIsNow: true }, 'watch'),
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
