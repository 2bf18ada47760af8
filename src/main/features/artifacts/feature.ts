import { type Core, feature, type Use } from '../feature.ts';
import type { ArtifactsDependencies } from './service.ts';
import { artifactsStore } from './store.ts';

interface Needs {
  kinds: { all: { hasArtifacts: ArtifactsDependencies['hasArtifacts'] } };
  projects: {
    find: ArtifactsDependencies['project'];
    list: ArtifactsDependencies['projects'];
    isTrusted: ArtifactsDependencies['isTrusted'];
  };
}

export const artifacts = feature({
  name: 'artifacts',
  async make(needs: Use<Needs>, { db, logger, stays, changed }: Core) {
    const { artifactsService } = await import('./service.ts');
    const { find, list, isTrusted } = await needs.projects;
    const { all } = await needs.kinds;
    const service = artifactsService({
      store: artifactsStore(db),
      logger,
      project: find,
      projects: list,
      isTrusted,
      hasArtifacts: (kind) => all.hasArtifacts(kind),
      changed: (project) => changed({ topic: 'artifacts', key: project }),
    });
    // A command that has deployed doesn't wait until all is read; what asks next does.
    const readsAhead = stays;
    return { ...service, readsAhead };
  },
  router: async (service) => (await import('./router.ts')).artifactsRouter(service),
  servesAtOnce: true,
  on: {
    'project.added'({ readsAhead, added }, { project }) {
      if (readsAhead) added(project.id);
    },
    'deployment.ended'({ readsAhead, ran }, { deployment }) {
      if (readsAhead) ran(deployment.project.id);
    },
  },
  start: (service) => service.begin(),
  stop: (service) => service.close(),
});
