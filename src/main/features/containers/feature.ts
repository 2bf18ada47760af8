import { type Core, feature, type Use } from '../feature.ts';
import type { ContainersDependencies } from './service.ts';

interface Needs {
  engines: { containers: ContainersDependencies['containers'] };
  projects: { list: () => { id: number; name: string }[] };
  chains: {
    containers: ContainersDependencies['chains'];
    stop: ContainersDependencies['stopChain'];
    logFile: ContainersDependencies['chainLog'];
  };
  deploymentRecords: { runOf: ContainersDependencies['runIn'] };
  secrets: { current: ContainersDependencies['mask'] };
}

export const containers = feature({
  name: 'containers',
  async make(needs: Use<Needs>, { home, changed }: Core) {
    const { containersService } = await import('./service.ts');
    const engines = await needs.engines;
    const projects = await needs.projects;
    const chains = await needs.chains;
    return containersService({
      dataFolder: home,
      containers: engines.containers,
      changed,
      project: (id) => projects.list().find((project) => project.id === id),
      chains: chains.containers,
      runIn: (await needs.deploymentRecords).runOf,
      stopChain: chains.stop,
      chainLog: chains.logFile,
      mask: (await needs.secrets).current,
    });
  },
  router: async (service) => (await import('./router.ts')).containersRouter(service),
});
