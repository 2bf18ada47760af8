import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Client } from '../host/connect-to.ts';

/** The system waits no longer for an app that ends. */
const mostMs = 20_000;

type Saving = Pick<Client, 'chains' | 'settings'>;

/** Does something with each chain that runs. One that can't be dealt with is noted. */
async function eachRunning(
  client: Saving,
  logger: Logger,
  work: (chain: string) => Promise<unknown>,
): Promise<void> {
  const running = (await client.chains.list()).filter(({ status }) => status === 'running');
  await Promise.all(
    running.map(({ name }) =>
      work(name).catch((error: unknown) => {
        logger.warn({ chain: name, err: error }, 'a chain could not be put away');
      }),
    ),
  );
}

/** Saves the state of every chain that runs, which goes on. Never rejects. */
export async function saveChains(client: Saving, logger: Logger): Promise<void> {
  await eachRunning(client, logger, (chain) => client.chains.save({ chain })).catch((error) => {
    logger.warn({ err: error }, 'the chains could not be saved');
  });
}

/**
 * Leaves the chains as the settings say for the end of the app: saved and going on, or stopped.
 * Never rejects, and ends within a time that the system gives to an app.
 */
export async function leaveChains(client: Saving, logger: Logger): Promise<void> {
  const left = async () => {
    const { chainsOnQuit } = await client.settings.get();
    if (chainsOnQuit === 'leave') return saveChains(client, logger);
    await eachRunning(client, logger, (chain) => client.chains.stop({ chain }));
  };
  const failed = (error: unknown) =>
    logger.warn({ err: error }, 'the chains were left as they are');
  await Promise.race([left().catch(failed), sleep(mostMs, undefined, { ref: false })]);
}
