import { AppError } from '../shared/errors.ts';

/** How a chain came to its end that nobody has stopped. */
export interface ChainEnd {
  /** A whole text, with what to do. */
  problem: string;
  /** The chain to start: what it forks from where that does not run, otherwise itself. */
  start: string;
}

/**
 * What only a chain that runs can do.
 *
 * @param end null: it was stopped, or has never run
 * @param next what to do in that case, after it was said that the chain is not running
 */
export function notRunning(
  chain: string,
  end: ChainEnd | null,
  next = '. Start it to look into it.',
): AppError {
  const start = end?.start ?? chain;
  const message = end
    ? `The chain ${chain} is not running: ${end.problem}`
    : `The chain ${chain} is not running${next}`;
  return new AppError('CHAIN_NOT_RUNNING', message, {
    fix: {
      label: `Start ${start}`,
      command: `drydock chain start ${start}`,
      call: { procedure: 'chains.start', input: { chain: start } },
    },
  });
}

/** What was not recorded of a chain whose recorded parts are told. */
export const notRecorded = (chain: string, lacking: string): AppError =>
  notRunning(chain, null, `, and ${lacking} was not recorded. Start it to look into it.`);
