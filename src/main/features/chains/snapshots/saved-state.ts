import type { Rpc } from '../../../eth/rpc.ts';
import { dateTime } from '../../../shared/date-time.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ChainsContext } from '../context.ts';

/**
 * Makes the saved state one that anvil can start from. Returns what was wrong with it, null if
 * nothing was. Throws STATE_CORRUPT.
 */
export async function prepareSavedState(
  context: ChainsContext,
  name: string,
): Promise<string | null> {
  const state = await context.folder(name).prepareState();
  if (!state.damaged) return null;
  if (state.from === null) throw corruptState(name, undefined);
  const time = dateTime(state.from);
  context.deps.logger.warn(
    { chain: name, from: state.from },
    'damaged state replaced by a good copy',
  );
  return `The last saved state was damaged: anvil may have been ended while it was writing. Continued from the one of ${time}.`;
}

export function corruptState(name: string, reason: string | undefined): AppError {
  return new AppError(
    'STATE_CORRUPT',
    `The saved state of ${name} is damaged${reason ? ` (${reason})` : ''} and there is no good copy. Revert to one of its snapshots, or start it fresh; the damaged file is kept.`,
    {
      fix: {
        label: 'Start fresh',
        command: `drydock chain start ${name} --fresh`,
        call: { procedure: 'chains.start', input: { chain: name, fresh: true } },
      },
    },
  );
}

/** What a kill took with it must not be called live. */
export async function checkLive(context: ChainsContext, name: string, call: Rpc): Promise<void> {
  const { deployments } = context.deps;
  const recorded = deployments.live(name);
  const found = await Promise.all(
    recorded.map(async ({ id, address }) => {
      if (address === null) return id;
      const code = await call<string>('eth_getCode', [address, 'latest']).catch(() => '0x');
      return code !== '0x' ? id : null;
    }),
  );
  const live = found.filter((id) => id !== null);
  if (live.length < recorded.length) deployments.setLive(name, live);
}
