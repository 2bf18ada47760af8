import { pino } from 'pino';
import { type App, openApp } from '#main/app.ts';
import { temporaryFolder } from './folder.ts';

export interface TestApp extends AsyncDisposable {
  app: App;
  home: string;
}

/**
 * A real core on a data folder, a temporary one unless given. At the end it is closed and every
 * chain of it is stopped. HOME points to a temporary folder while it is open, so that no tool
 * touches the user's own caches.
 */
export async function openTestApp(
  options: { home?: string; follow?: boolean } = {},
): Promise<TestApp> {
  const folder = options.home ? undefined : await temporaryFolder();
  const home = options.home ?? (folder?.path as string);
  const app = await openApp({
    home,
    logger: pino({ level: process.env.DRYDOCK_TEST_LOG ?? 'silent' }),
    follow: options.follow,
  });
  return {
    app,
    home,
    async [Symbol.asyncDispose]() {
      await app.close();
      if (!folder) return;
      const last = await openApp({ home, logger: pino({ level: 'silent' }) });
      await stopChains(last);
      await last.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function stopChains(app: App): Promise<void> {
  const { createRouterClient } = await import('@orpc/server');
  const client = createRouterClient(app.router, { context: app.context });
  for (const chain of await client.chains.list()) {
    if (chain.status === 'running') await client.chains.stop({ chain: chain.name });
  }
}
