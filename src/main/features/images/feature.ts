import { openRedis } from '../../db/redis.ts';
import { homeId } from '../../engines/docker/labels.ts';
import type { ImageEngine, ImageUse } from '../../engines/images.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { ImageCache } from './cache.ts';
import { redisCheck } from './doctor-check.ts';
import { maxAgeMs } from './max-age.ts';
import type { ImagesDependencies } from './service.ts';
import { imagesStore } from './store.ts';

/** Metadata of images and their uses, in Redis or in the built-in substitute. */
export const imageCache = feature({
  name: 'imageCache',
  make(_, { home, db, logger, changed }: Core) {
    const tell = () => changed({ topic: 'images' });
    const redis = openRedis({ url: process.env.REDIS_URL, changed: tell });
    const store = imagesStore(db);
    const prefix = `drydock:${homeId(home)}:`;
    const cache = new ImageCache({ redis, store, logger, prefix, written: tell });
    return { redis, store, cache, used: (use: ImageUse) => cache.record(use) };
  },
  checks: ({ redis }) =>
    process.env.REDIS_URL ? [{ id: 'redis', title: 'Redis', look: () => redisCheck(redis) }] : [],
  close({ cache, redis }) {
    cache.writeIfPossible();
    redis.close();
  },
});

interface Needs {
  imageCache: Pick<ImagesDependencies, 'redis' | 'store' | 'cache'>;
  engines: { images: ImageEngine; reuses: boolean };
  projects: {
    list: ImagesDependencies['projects'];
    pinnedTools: ImagesDependencies['pinnedTools'];
    find: ImagesDependencies['project'];
    ensureTrusted: ImagesDependencies['ensureTrusted'];
  };
}

export const images = feature({
  name: 'images',
  async make(needs: Use<Needs>, { home, logger, changed }: Core) {
    const { imagesService } = await import('./service.ts');
    const { redis, store, cache } = await needs.imageCache;
    const engines = await needs.engines;
    const projects = await needs.projects;
    return imagesService({
      engine: engines.images,
      cache,
      redis,
      store,
      logger,
      homeId: homeId(home),
      enabled: engines.reuses,
      maxAgeMs: maxAgeMs(process.env.CONTAINER_CACHE_MAX_AGE, logger),
      projects: projects.list,
      pinnedTools: projects.pinnedTools,
      project: projects.find,
      ensureTrusted: projects.ensureTrusted,
      changed,
    });
  },
  router: async (service) => (await import('./router.ts')).imagesRouter(service),
  onChange(service, { topic }) {
    if (topic === 'images') service.bringUpToDate();
  },
  start: (service) => service.begin(),
  close: (service) => service.close(),
});
