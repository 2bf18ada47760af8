import { pino } from 'pino';
import { type App, openApp } from '#main/app.ts';
import type { CoreOptions } from '#main/features/app/open-core.ts';
import { temporaryFolder } from './folder.ts';
import { trustTemporaryFolders } from './trust.ts';

export interface TestApp extends AsyncDisposable {
  app: App;
  home: string;
}

/**
 * A real core on a data folder, by default a temporary one. At the end it is closed and all of its
 * chains are stopped. HOME is a temporary folder while it is open, so that no tool touches the
 * user's own caches. Projects in temporary folders are trusted, unless `asksForTrust`.
 */
export async function openTestApp(
  options: Pick<CoreOptions, 'follow' | 'platform'> & {
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
  });
  await app.prepare();
  if (!options.asksForTrust) trustTemporaryFolders(home);
  return {
    app,
    home,
    async [Symbol.asyncDispose]() {
      await app.close();
      await folder?.[Symbol.asyncDispose]();
    },
  };
}

/** For one core after another, or several. At its end all of its chains are stopped. */
export async function dataFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await temporaryFolder();
  return {
    path: folder.path,
    async [Symbol.asyncDispose]() {
      const last = await openApp({ home: folder.path, logger: pino({ level: 'silent' }) });
      await stopChains(last);
      await last.close();
      await removeContainers(folder.path);
      await folder[Symbol.asyncDispose]();
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

async function stopChains(app: App): Promise<void> {
  const { createRouterClient } = await import('@orpc/server');
  const client = createRouterClient(app.router, { context: app.context });
  for (const chain of await client.chains.list()) {
    if (chain.status !== 'stopped') await client.chains.stop({ chain: chain.name });
  }
}
