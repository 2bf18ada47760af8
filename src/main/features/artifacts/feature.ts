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
  async make(needs: Use<Needs>, { db, logger }: Core) {
    const { artifactsService } = await import('./service.ts');
    const { find, list, isTrusted } = await needs.projects;
    const { all } = await needs.kinds;
    return artifactsService({
      store: artifactsStore(db),
      logger,
      project: find,
      projects: list,
      isTrusted,
      hasArtifacts: (kind) => all.hasArtifacts(kind),
    });
  },
  router: async (service) => (await import('./router.ts')).artifactsRouter(service),
  servesAtOnce: true,
  on: {
    'project.added': (service, { project }) => service.added(project.id),
    'deployment.ended': (service, { deployment }) => service.ran(deployment.project.id),
  },
  start: (service) => service.begin(),
  stop: (service) => service.close(),
});
