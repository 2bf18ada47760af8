import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { dialog } from 'electron';
import type { Logger } from 'pino';
import { type App, openApp } from '../../app.ts';
import { CountedStreams } from '../../lib/counted-streams.ts';
import type { Context } from '../../lib/declared-errors.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Client } from '../host/connect-to.ts';
import { findHost } from '../host/discovery-file.ts';
import { type Host, startHost } from '../host/start-host.ts';
import { leaveChains } from './chain-saving.ts';
import { openUpdater } from './open-updater.ts';
import { pickFolder } from './pick-folder.ts';
import type { ServedCore } from './served-core.ts';
import { windowKey } from './window-key.ts';

export interface OwnCoreOptions {
  home: string;
  logger: Logger;
}

/** A core in this process, and a host for the command line. Rejects as `openApp` does. */
export async function openOwnCore({ home, logger }: OwnCoreOptions): Promise<ServedCore> {
  const core = await openApp({
    home,
    logger,
    follow: true,
    updater: await openUpdater(logger),
  });
  void moveSecrets(core);
  const host = await serveCommandLine(core);
  const handler = new RPCHandler(core.router);
  const context: Context = {
    ...core.context,
    caller: { ...core.context.caller, door: 'window' },
  };
  const client: Client = createRouterClient(core.router, { context });
  core.prepare().catch((error: unknown) => {
    logger.error({ err: error }, 'a part of the app could not start');
    dialog.showErrorBox('A part of Drydock could not start', messageOf(error));
  });
  return {
    client,
    // It ends with this process.
    gone: new Promise(() => undefined),
    serve(port, owner) {
      handler.upgrade(port, {
        context: {
          ...context,
          pickFolder: () => pickFolder(owner),
          notifies: true,
          streams: new CountedStreams(),
        },
      });
      port.start();
    },
    async close() {
      try {
        await leaveChains(client, logger);
        await host?.close();
      } finally {
        await core.close();
      }
    },
  };
}

/** Beside everything else: a locked keychain holds up nothing but the secrets in it. */
async function moveSecrets(core: App): Promise<void> {
  try {
    const window = await windowKey(core.home);
    const moved = window ? await core.moveSecretsOfWindow(window) : 0;
    if (moved > 0) core.logger.info({ moved }, 'secrets of the keychain are sealed for every door');
  } catch (error) {
    core.logger.warn({ err: error }, 'what the keychain sealed can not be read');
  }
}

/** Lets commands use this core. The window is worth more: without a host it works all the same. */
async function serveCommandLine(core: App): Promise<Host | null> {
  if (await findHost(core.home)) return null;
  try {
    return await startHost(core);
  } catch (error) {
    core.logger.error({ err: error }, 'the host could not be started');
    return null;
  }
}
