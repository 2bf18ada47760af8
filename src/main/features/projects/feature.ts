import path from 'node:path';
import type { ProjectImage } from '../../engines/images.ts';
import { mountedFolder } from '../../lib/git/mounted-folder.ts';
import type { Emit } from '../events/contract.ts';
import { type Core, feature, type Together, type Use } from '../feature.ts';
import { Libraries, type LibrariesDependencies } from './libraries.ts';
import type { ProjectsDependencies } from './service.ts';
import { type ProjectsStore, projectsStore } from './store.ts';
import { Trust } from './trust.ts';
import { trustStore } from './trust-store.ts';

export const projectRecords = feature({
  name: 'projectRecords',
  make(_, { db }: Core) {
    const store = projectsStore(db);
    return {
      store,
      /** Where its commands run in Docker. */
      imageOf(id: number): ProjectImage {
        const row = store.byId(id);
        if (!row) throw new Error(`there is no project ${id}`);
        return { image: row.kind, dockerfile: row.dockerfile };
      },
    };
  },
});

interface Needs {
  events: { emit: Emit };
  projectRecords: { store: ProjectsStore };
  deploymentRecords: { isBusy: (project: number) => boolean };
  processes: Awaited<ReturnType<LibrariesDependencies['host']>>;
  engines: { all: { preferred: ProjectsDependencies['engine'] } };
  kinds: { all: ProjectsDependencies['kinds'] };
}

export const projects = feature({
  name: 'projects',
  async make(needs: Use<Needs>, { home, db, changed }: Core, { ready }: Together) {
    const { projectsService } = await import('./service.ts');
    const { emit } = await needs.events;
    const { store } = await needs.projectRecords;
    const { isBusy } = await needs.deploymentRecords;
    const kinds = await needs.kinds;
    const libraries = new Libraries({
      host: () => needs.processes,
      folder: path.join(home, 'installs'),
    });
    const service = projectsService({
      store,
      libraries,
      trust: new Trust({ store: trustStore(db), mountedFolder }),
      engine: async (own) => (await needs.engines).all.preferred(own),
      kinds: kinds.all,
      emit,
      changed,
      async isBusy(id) {
        await ready();
        return isBusy(id);
      },
    });
    return { ...service, close: () => libraries.close() };
  },
  router: async (service) => (await import('./router.ts')).projectsRouter(service),
  servesAtOnce: true,
  stop: (service) => service.close(),
});
