import type { Engines } from '../../engines/engines.ts';
import type { ToolPin } from '../../engines/tools.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { TerminalsDependencies } from './service.ts';
import { terminalsStore } from './store.ts';

interface Needs {
  projects: {
    find: TerminalsDependencies['project'];
    ensureTrusted: TerminalsDependencies['ensureTrusted'];
    pinnedTools: (project: number) => Promise<{ pins: ToolPin[] }>;
  };
  engines: { all: Pick<Engines, 'choose' | 'endOrphan'> };
}

export const terminals = feature({
  name: 'terminals',
  async make(needs: Use<Needs>, { db, logger, changed, owner, isAlive }: Core) {
    const { terminalsService } = await import('./service.ts');
    const projects = await needs.projects;
    const { all: engines } = await needs.engines;
    return terminalsService({
      store: terminalsStore(db),
      logger,
      changed,
      project: projects.find,
      ensureTrusted: projects.ensureTrusted,
      async workspace(row) {
        const project = { ...row, pins: (await projects.pinnedTools(row.id)).pins };
        return (await engines.choose(undefined, project.engine, project)).workspace(project);
      },
      endOrphan: engines.endOrphan,
      owner,
      isAlive,
    });
  },
  router: async (service) => (await import('./router.ts')).terminalsRouter(service),
  on: {
    'project.removed': ({ projectRemoved }, { project }) => projectRemoved(project.id),
  },
  reconcile: (service) => [service.recover],
  stop: (service) => service.closeAll(),
});
