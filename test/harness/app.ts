import { pino } from 'pino';
import { type App, openApp } from '#main/app.ts';
import type { CoreOptions } from '#main/features/app/open-core.ts';
import { noDesktop } from '#main/lib/desktop.ts';
import { temporaryFolder } from './folder.ts';
import { trustTemporaryFolders } from './trust.ts';

export interface TestApp extends AsyncDisposable {
  app: App;
  home: string;
}

/**
 * A real core on a data folder, by default a temporary one. At the end it is closed and all of its
 * chains are stopped. HOME is a temporary folder while it is open, so that no tool touches the
 * user's own caches, and there is no program to open anything with. Projects in temporary folders are trusted, unless `asksForTrust`.
 */
export async function openTestApp(
  options: Pick<CoreOptions, 'follow' | 'platform' | 'desktop'> & {
    home?: string;
    asksForTrust?: boolean;
  } = {},
): Promise<TestApp> {
  const folder = options.home ? undefined : await dataFolder();
  const home = options.home ?? (folder?.path as string);
  const app = await openApp({
    home,
    logger: pino({ level: process.env.DRYDOCK_TEST_LOG ?? 'silent' }),
    follow: options.follow,
    platform: options.platform,
    desktop: options.desktop ?? noDesktop,
  });
  await app.prepare();
  if (!options.asksForTrust) trustTemporaryFolders(home);
  return {
    app,
    home,
    async [Symbol.asyncDispose]() {
      // A core that was closed, or whose chains are in a run, leaves them to another one.
      const areStopped = folder !== undefined && (await stopsChains(app));
      await app.close();
      if (areStopped) await folder.remove();
      else await folder?.[Symbol.asyncDispose]();
    },
  };
}

export interface DataFolder extends AsyncDisposable {
  path: string;
  /** When none of its chains runs any more. */
  remove(): Promise<void>;
}

/** For one core after another, or several. At its end all of its chains are stopped. */
export async function dataFolder(): Promise<DataFolder> {
  const folder = await temporaryFolder();
  const remove = async () => {
    await removeContainers(folder.path);
    await folder[Symbol.asyncDispose]();
  };
  return {
    path: folder.path,
    remove,
    async [Symbol.asyncDispose]() {
      const last = await openApp({ home: folder.path, logger: pino({ level: 'silent' }) });
      await stopChains(last);
      await last.close();
      await remove();
    },
  };
}

/** After a core that ran in Docker: later tests use the same daemon. */
async function removeContainers(home: string): Promise<void> {
  const { DOCKER_HOST, DRYDOCK_ENGINE } = process.env;
  if (DRYDOCK_ENGINE !== 'docker' || !DOCKER_HOST) return;
  const { removeAll } = await import('./docker.ts');
  await removeAll(DOCKER_HOST, home);
}

const stopsChains = (app: App): Promise<boolean> =>
  stopChains(app).then(
    () => true,
    () => false,
  );

async function stopChains(app: App): Promise<void> {
  const { createRouterClient } = await import('@orpc/server');
  const client = createRouterClient(app.router, { context: app.context });
  for (const chain of await client.chains.list()) {
    if (chain.status !== 'stopped') await client.chains.stop({ chain: chain.name });
  }
}
