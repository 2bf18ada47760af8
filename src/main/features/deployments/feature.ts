import path from 'node:path';
import { sha256 } from '../../lib/sha256.ts';
import type { Emit } from '../events/contract.ts';
import { type Core, feature, type ReconcilePass, type Use } from '../feature.ts';
import { busy } from './busy.ts';
import type { DeploymentsDependencies } from './context.ts';
import type { DeploymentsService } from './service.ts';
import { type DeploymentsStore, deploymentsStore } from './store.ts';

type Dependencies = DeploymentsDependencies;

export const deploymentRecords = feature({
  name: 'deploymentRecords',
  make(_: Use<object>, { db }: Core) {
    const store = deploymentsStore(db);
    return { store, ...busy(store) };
  },
});

interface Needs {
  deploymentRecords: { store: DeploymentsStore };
  events: { emit: Emit };
  settings: { get: Dependencies['settings'] };
  secrets: { known: Dependencies['secrets'] };
  engines: { all: Dependencies['engines'] };
  kinds: { all: Dependencies['kinds'] };
  addressNames: { on: Dependencies['addressesOn'] };
  deployDefaults: { complete: Dependencies['withDefaults'] };
  environments: {
    forRun: Dependencies['environment'];
    missing: Dependencies['missingVariables'];
  };
  targets: { provider: Dependencies['provider'] };
  projects: Pick<Dependencies, 'ensureTrusted' | 'isTrusted' | 'git' | 'pinnedTools'> & {
    find: Dependencies['project'];
  };
  chains: Pick<Dependencies, 'revert' | 'wouldGo'> & { reconcileSwitches: ReconcilePass };
  resultFiles: Dependencies['resultFiles'] & {
    reconcile: (followedRun: DeploymentsService['followedRun']) => Promise<string[]>;
  };
}

export const deployments = feature({
  name: 'deployments',
  async make(needs: Use<Needs>, core: Core) {
    const { deploymentsService } = await import('./service.ts');
    const { home, logger, changed, owner, isAlive, isGone, stays } = core;
    const projects = await needs.projects;
    const chains = await needs.chains;
    const resultFiles = await needs.resultFiles;
    const environments = await needs.environments;
    const service = deploymentsService({
      store: (await needs.deploymentRecords).store,
      engines: (await needs.engines).all,
      logger,
      secrets: (await needs.secrets).known,
      emit: (await needs.events).emit,
      changed,
      owner,
      isAlive,
      isGone,
      stays,
      folderId: sha256(path.resolve(home)).slice(0, 12),
      project: projects.find,
      pinnedTools: projects.pinnedTools,
      kinds: (await needs.kinds).all,
      addressesOn: (await needs.addressNames).on,
      provider: (await needs.targets).provider,
      withDefaults: (await needs.deployDefaults).complete,
      environment: environments.forRun,
      missingVariables: environments.missing,
      isTrusted: projects.isTrusted,
      ensureTrusted: projects.ensureTrusted,
      git: projects.git,
      revert: chains.revert,
      resultFiles,
      wouldGo: chains.wouldGo,
      settings: (await needs.settings).get,
    });
    core.lost.addEventListener('abort', () => void service.close());
    return {
      ...service,
      passes: [
        service.recover,
        // Only now is it known which runs continue.
        chains.reconcileSwitches,
        () => resultFiles.reconcile(service.followedRun),
      ],
    };
  },
  router: async (service) => (await import('./router.ts')).deploymentsRouter(service),
  reconcile: (service) => service.passes,
  onChange(service, { topic }) {
    if (topic === 'containers') service.lookAtPlace();
  },
  stop: (service) => service.close(),
});
