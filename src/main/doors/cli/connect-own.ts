import { createRouterClient } from '@orpc/server';
import { openApp } from '../../app.ts';
import { openLogger } from '../../lib/logger.ts';
import { AppError } from '../../shared/errors.ts';
import type { Client } from '../host/connect-to.ts';
import type { Connection } from './connect.ts';

/**
 * A core of this process's own, of which only what is used comes to be. The backups and the doctor
 * also come without one: a data folder that can't be opened is what they are for.
 */
export async function connectToOwn<Feature extends keyof Client>(
  home: string,
  feature: Feature,
): Promise<Connection<Feature>> {
  if (feature === 'backups') return connectToBackups(home);
  try {
    const app = await openApp({ home, logger: openLogger(home) });
    return {
      client: createRouterClient(app.router, {
        context: { ...app.context, caller: { ...app.context.caller, door: 'cli' } },
      }),
      close: () => app.close(),
    };
  } catch (error) {
    if (!(error instanceof AppError && feature === 'doctor')) throw error;
    return connectToDoctor(home);
  }
}

async function connectToDoctor<Feature extends keyof Client>(
  home: string,
): Promise<Connection<Feature>> {
  const { openDoctor } = await import('../../without-core.ts');
  const service = openDoctor(home);
  const client: Pick<Client, 'doctor'> = {
    doctor: { run: () => service.run(), repairs: async () => [], reconcile: async () => [] },
  };
  return { client: client as Pick<Client, Feature>, close: async () => undefined };
}

/** Without a core, so that a restore is done at once. */
async function connectToBackups<Feature extends keyof Client>(
  home: string,
): Promise<Connection<Feature>> {
  const { openBackups } = await import('../../without-core.ts');
  const { router, context, close } = openBackups(home, openLogger(home));
  const client: Pick<Client, 'backups'> = createRouterClient(router, { context });
  return { client: client as Pick<Client, Feature>, close };
}
