import path from 'node:path';
import type { Logger } from 'pino';
import { checkpointsOf } from './db/checkpoints.ts';
import { dataFolderError, openDb } from './db/open.ts';
import { openRedis } from './db/redis.ts';
import { homeId } from './engines/docker/labels.ts';
import { openDocker } from './engines/docker/open-docker.ts';
import { stopIdleWorkspaces } from './engines/docker/stop-idle.ts';
import { type EngineChoice, engines as enginesOf } from './engines/engines.ts';
import { processEngine } from './engines/process/process-engine.ts';
import { isAlive, processRef } from './engines/process/process-ref.ts';
import { Changes } from './features/app/changes.ts';
import { infoOf } from './features/app/info.ts';
import { lead } from './features/app/lease.ts';
import { leaseStore } from './features/app/store.ts';
import { backupsRouter } from './features/backups/router.ts';
import { backupsService } from './features/backups/service.ts';
import { portOwner } from './features/chains/port.ts';
import { chainsService } from './features/chains/service.ts';
import { chainsStore } from './features/chains/store.ts';
import { compileEntries } from './features/compile-cache/entries.ts';
import { compileCacheService } from './features/compile-cache/service.ts';
import { containersService } from './features/containers/service.ts';
import { databaseChecksFor } from './features/data/doctor-checks.ts';
import { dataService } from './features/data/service.ts';
import { dataStore } from './features/data/store.ts';
import { announcing } from './features/deployments/announce.ts';
import { deploymentsService } from './features/deployments/service.ts';
import { deploymentsStore } from './features/deployments/store.ts';
import { reconcilerOf } from './features/doctor/reconciler.ts';
import { type DoctorService, doctorService } from './features/doctor/service.ts';
import { repairsStore } from './features/doctor/store.ts';
import { type Notice, noticeOf } from './features/events/contract.ts';
import { eventsService } from './features/events/service.ts';
import { eventsStore } from './features/events/store.ts';
import { searchStore } from './features/history/search-store.ts';
import { historyService } from './features/history/service.ts';
import { historyStore } from './features/history/store.ts';
import { ImageCache } from './features/images/cache.ts';
import { redisCheck } from './features/images/doctor-check.ts';
import { maxAgeMs } from './features/images/max-age.ts';
import { imagesService } from './features/images/service.ts';
import { imagesStore } from './features/images/store.ts';
import { networksService } from './features/networks/service.ts';
import { shippedNetworks } from './features/networks/shipped.ts';
import { networksStore } from './features/networks/store.ts';
import { portsService } from './features/ports/service.ts';
import { portsStore } from './features/ports/store.ts';
import { projectsService } from './features/projects/service.ts';
import { projectsStore } from './features/projects/store.ts';
import { settingsShape } from './features/settings/contract.ts';
import { settingsService } from './features/settings/service.ts';
import { settingsStore } from './features/settings/store.ts';
import { terminalsService } from './features/terminals/service.ts';
import { terminalsStore } from './features/terminals/store.ts';
import { webhooksService } from './features/webhooks/service.ts';
import { webhooksStore } from './features/webhooks/store.ts';
import { keyFileSeal, type Seal } from './kit/secrets.ts';
import { sha256 } from './kit/sha256.ts';
import { version } from './kit/version.ts';
import { type Context, createRouter, type Router } from './router.ts';
import { foundryToolchain } from './toolchains/foundry/foundry.ts';

export interface AppOptions {
  /** The data folder. */
  home: string;
  logger: Logger;
  /** How secrets are kept; a key file in the data folder unless the door has something better. */
  seal?: Seal;
  /** Follow the chains' blocks, for doors that stay open. */
  follow?: boolean;
  /** Shows a notification of the system, if nobody is looking. */
  notify?: (notice: Notice) => void;
  /** Instead of what the settings say. */
  engine?: EngineChoice;
}

export interface App {
  readonly home: string;
  readonly logger: Logger;
  readonly router: Router;
  /** What every call of a door gets; the door adds what only it can do. */
  readonly context: Context;
  /** Ends what runs here and closes the database. Chains go on. */
  close(): Promise<void>;
}

/** The doctor on its own, for a data folder that can't be opened. */
export function openDoctor(home: string): DoctorService {
  const engine = processEngine(() => ({ foundryPath: '' }));
  const { compilers } = foundryToolchain({ dataFolder: home });
  const docker = openDocker({ dataFolder: home, settings: () => settingsShape.parse({}) });
  return doctorService({
    dataFolder: home,
    engine,
    compilers,
    docker: docker.look,
    more: databaseChecksFor(home),
  });
}

/** The backups on their own: nothing of the data folder is open, so a restore is done at once. */
export function openBackups(home: string, logger: Logger) {
  const service = backupsService({ home, logger, changed: () => undefined });
  return {
    router: { backups: backupsRouter(service) },
    context: contextOf(home, logger),
    close: () => service.close(),
  };
}

const contextOf = (home: string, logger: Logger, failed?: () => void): Context => ({
  logger,
  dataFolderError(error) {
    const known = dataFolderError(error, home);
    if (known) failed?.();
    return known;
  },
});

/** Puts the core together. Throws DATA_FOLDER_UNUSABLE. */
export async function openApp(options: AppOptions): Promise<App> {
  try {
    return await putTogether(options);
  } catch (error) {
    throw dataFolderError(error, options.home) ?? error;
  }
}

async function putTogether(options: AppOptions): Promise<App> {
  const { home, logger } = options;
  const stays = options.follow ?? false;
  const db = openDb(home);
  const changes = new Changes();
  const changed = changes.tell;

  const seal = options.seal ?? keyFileSeal(home);
  const owner = processRef(process.pid) ?? { pid: process.pid, startedAt: '' };
  const release = stays
    ? lead({
        store: leaseStore(db),
        owner,
        isAlive,
        logger,
        onLost: () => void deployments.close(),
      })
    : undefined;
  const events = eventsService({ store: eventsStore(db), changed });
  const { emit } = events;

  const settings = settingsService(settingsStore(db), emit);
  const processes = processEngine(() => ({ foundryPath: settings.get().foundryPath }));
  const reuse = process.env.CONTAINER_REUSE_ENABLED !== 'false';
  const docker = openDocker({
    dataFolder: home,
    settings: settings.get,
    imageOf(id) {
      const { kind, dockerfile } = projects.find(id);
      return dockerfile === null ? kind : { dockerfile };
    },
    imageUsed: (use) => imageCache.record(use),
    reuse: () => reuse,
    changed: () => changed({ topic: 'engine' }),
    containersChanged: () => changed({ topic: 'containers' }),
  });
  const wantedEngine = () => options.engine ?? engineOf(process.env) ?? settings.get().engine;
  const engines = enginesOf({
    process: processes,
    docker: docker.engine,
    choice: wantedEngine,
  });
  const compileCache = compileCacheService({
    entries: compileEntries(path.join(home, 'compile-cache')),
    logger,
    ttl: () => settings.get().compileCacheTtl,
    changed,
  });
  const foundry = foundryToolchain({ dataFolder: home, compileCache: compileCache.cache });

  const projects = projectsService({
    store: projectsStore(db),
    toolchains: [foundry],
    emit,
    changed,
    isBusy: (id) => deployments.isBusy(id),
  });

  const redis = openRedis({
    url: process.env.REDIS_URL,
    changed: () => images.noted(),
  });
  const imageRows = imagesStore(db);
  const imageCache = new ImageCache({
    redis,
    store: imageRows,
    logger,
    prefix: `drydock:${homeId(home)}:`,
    written: () => images.noted(),
  });
  const images = imagesService({
    engine: docker.images,
    cache: imageCache,
    redis,
    store: imageRows,
    logger,
    homeId: homeId(home),
    enabled: reuse,
    maxAgeMs: maxAgeMs(process.env.CONTAINER_CACHE_MAX_AGE, logger),
    projects: projects.list,
    project: projects.find,
    changed,
  });

  const networks = networksService({
    store: networksStore(db),
    shipped: shippedNetworks(),
    seal,
    emit,
    changed,
    chainUrl: (name) => chains.recordedUrl(name),
    assertChainStopped: (name) => chains.assertStopped(name),
  });

  const deploymentRows = announcing(deploymentsStore(db), emit);

  const chains = chainsService({
    store: chainsStore(db),
    ports: portsService({
      store: portsStore(db),
      self: owner,
      isAlive,
      exists: (name) => networks.withChain().some((n) => portOwner(n.name) === name),
    }),
    engines,
    dataFolder: home,
    logger,
    networks: networks.withChain,
    emit,
    changed,
    userOf: (name) => deployments.userOf(name),
    news: (signal) => changes.follow(signal),
    deployments: deploymentRows,
  });

  const deployments = deploymentsService({
    store: deploymentRows,
    engines,
    logger,
    changed,
    owner,
    isAlive,
    stays,
    folderId: sha256(path.resolve(home)).slice(0, 12),
    project: (ref) => {
      const row = projects.find(ref);
      return { ...row, toolchain: projects.toolchainOf(row.kind) };
    },
    scripts: projects.scripts,
    git: projects.gitOf,
    network: networks.find,
    chainUrl: chains.runningUrl,
    holdChain: chains.hold,
    revert: chains.revert,
    wouldGo: chains.wouldGo,
    settings: settings.get,
  });

  const webhooks = webhooksService({
    store: webhooksStore(db),
    logger,
    seal,
    eventsAfter: events.after,
    onEvent: events.listen,
    lastSeq: events.lastSeq,
    changed,
    userAgent: `Drydock/${version()}`,
  });

  const terminals = terminalsService({
    store: terminalsStore(db),
    logger,
    changed,
    project: projects.find,
    workspace: async (project) =>
      (await engines.choose(undefined, project.engine, project)).workspace(project),
    endOrphan: engines.endOrphan,
    owner,
    isAlive,
  });
  const containers = containersService({
    dataFolder: home,
    containers: docker.containers,
    changed,
    project: (id) => projects.list().find((project) => project.id === id),
    chains: chains.containers,
    runIn: deployments.runOf,
    stopChain: chains.stop,
    chainLog: chains.logFile,
  });

  events.listen((event) => {
    const notice = options.notify && noticeOf(event, Date.now());
    if (notice && settings.get().notifyWhenDone) options.notify?.(notice);
  });
  events.listen((event) => {
    if (event.type !== 'network.removed') return;
    if (networks.withChain().some(({ name }) => name === event.network)) return;
    chains.forget(event.network).catch((error: unknown) => {
      logger.warn({ chain: event.network, err: error }, 'files of a chain could not be deleted');
    });
  });
  events.listen((event) => {
    if (event.type !== 'project.removed') return;
    const { id } = event.project;
    terminals.projectRemoved(id);
    docker.engine.forget(id).catch((error: unknown) => {
      logger.warn({ project: id, err: error }, 'a workspace could not be removed');
    });
  });

  const history = historyService({
    store: historyStore(db),
    search: searchStore(db),
    logger,
    changed,
    project: projects.find,
    network: networks.find,
    rpcUrl: async (name) => {
      const network = networks.list().find((one) => one.name === name);
      if (network?.kind === 'remote') return networks.find(name).url;
      return network && chains.runningUrl(name);
    },
    detail: deployments.get,
    stays,
  });
  changes.listen(history.notice);

  const doctor = doctorService({
    dataFolder: home,
    engine: processes,
    compilers: foundry.compilers,
    docker: docker.look,
    more: [...databaseChecksFor(home), ...(process.env.REDIS_URL ? [() => redisCheck(redis)] : [])],
  });

  const checkpoints = checkpointsOf(db);
  const backups = backupsService({ home, logger, changed, beside: checkpoints.paused });
  const data = dataService({
    home,
    store: dataStore(db),
    logger,
    changed,
    checkpoints,
    backups,
    chains: chains.files,
    removeSnapshot: chains.removeSnapshot,
    logRemoved: history.logRemoved,
  });

  const info = infoOf({
    dataFolder: home,
    engine: () => engines.preferred(),
    wantedEngine,
    docker: docker.state,
    storage: data.storage,
    backedUpAt: backups.newestAt,
  });

  const reconciler = reconcilerOf({
    store: repairsStore(db),
    logger,
    passes: [chains.reconcile, deployments.recover, terminals.recover],
    changed,
  });
  await reconciler.run();
  if (stays) {
    reconciler.everyMinute();
    changes.listen(({ topic }) => {
      // What could not be told without Docker can be now.
      if (topic === 'engine' && docker.state().status === 'ready') void reconciler.run();
    });
    events.followOthers();
    docker.watch();
  }
  const stopLooking = stays ? stopIdleWorkspaces(docker.engine, logger) : undefined;
  await chains.adopt(stays);
  if (stays) {
    changes.listen(({ topic }) => {
      if (topic === 'chains') void chains.adopt(true);
    });
    data.begin();
    images.begin();
    compileCache.begin();
  }

  return {
    home,
    logger,
    router: createRouter({
      changes,
      info,
      projects,
      networks,
      chains,
      deployments,
      history,
      doctor,
      reconciler,
      settings,
      events,
      terminals,
      webhooks,
      data,
      backups,
      containers,
      images,
      compileCache,
    }),
    context: contextOf(home, logger, data.writeFailed),
    async close() {
      stopLooking?.();
      await reconciler.close();
      await Promise.all([deployments.close(), terminals.closeAll()]);
      await history.close();
      await chains.close();
      await webhooks.close();
      events.close();
      docker.close();
      images.close();
      await compileCache.close();
      await data.close();
      await backups.close();
      release?.();
      db.close();
    },
  };
}

/** DRYDOCK_ENGINE, for machines that are not to be asked. */
function engineOf(env: NodeJS.ProcessEnv): EngineChoice | undefined {
  const name = env.DRYDOCK_ENGINE;
  return name === 'auto' || name === 'docker' || name === 'process' ? name : undefined;
}
