import { type Rpc, RpcError, rpc } from '../../eth/rpc.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { type DiffInput, type DiffSide, NOW } from './contract.ts';
import { SessionError } from './session/open-session.ts';
import type { StateSource } from './state/read-state.ts';

/** A state of a chain, as the chains feature finds it. */
export interface ChainState {
  snapshot: { id: number; name: string } | null;
  source: StateSource;
  blockNumber: number | null;
  forkBlock: number | null;
  at: number | null;
}

/** Rejects with CHAIN_NOT_FOUND, SNAPSHOT_NOT_FOUND, SNAPSHOT_LOST, CHAIN_NOT_RUNNING, RpcError. */
export type StateOf = (chain: string, ref: number | string | null) => Promise<ChainState>;

export interface Sides {
  before: ChainState;
  after: ChainState;
}

/** Throws STATES_UNRELATED when one of both was made on another block of the upstream. */
export async function sidesOf(
  { chain, before, after }: DiffInput,
  stateOf: StateOf,
): Promise<Sides> {
  const ref = (moment: number | string | undefined) =>
    moment === undefined || moment === NOW ? null : moment;
  const sides = {
    before: await stateOf(chain, ref(before)),
    after: await stateOf(chain, ref(after)),
  };
  const [was, is] = [sides.before.forkBlock, sides.after.forkBlock];
  if (was !== is) {
    throw new AppError(
      'STATES_UNRELATED',
      `"${nameOf(sides.before)}" forks from block ${was ?? 'unknown'} and "${nameOf(sides.after)}" from block ${is ?? 'unknown'}: between them lies all that the upstream did. Choose two states of the same fork.`,
      { field: 'after' },
    );
  }
  return sides;
}

const nameOf = ({ snapshot }: ChainState): string => snapshot?.name ?? NOW;

/** As it is shown. */
export const shown = (state: ChainState, note: string | null = null): DiffSide => ({
  ...{ snapshot: state.snapshot?.id ?? null, name: nameOf(state) },
  ...{ blockNumber: state.blockNumber, at: state.at, note },
});

/** Of a state that is read from a chain that runs: what happened meanwhile; null: nothing. */
export async function movedMeanwhile({ source, blockNumber }: ChainState): Promise<string | null> {
  if (!('url' in source) || blockNumber === null) return null;
  const call: Rpc = rpc(source.url);
  const block = Number(await call<string>('eth_blockNumber'));
  return block === blockNumber
    ? null
    : `The chain went from block ${blockNumber} to ${block} while it was read: this is its state somewhere between.`;
}

/** In the words of the user. Everything else stays as it is. */
export function readableError(error: unknown, chain: string, sides: Sides): unknown {
  if (error instanceof RpcError) return chainSilent(chain, error.message);
  if (!(error instanceof SessionError)) return error;
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error.code === 'ERR_STRING_TOO_LONG') {
    return new AppError(
      'STATE_TOO_LARGE',
      `The states of ${chain} are too large to be compared: they take more memory than Drydock uses for that. Compare states of a fresh chain.`,
    );
  }
  if (error.side === null) return error;
  const state = sides[error.side];
  if ('url' in state.source) return chainSilent(chain, error.message);
  if (state.snapshot === null) return corrupt(chain, error);
  return error.code === 'ENOENT' ? deleted(chain, state) : damaged(chain, state, error);
}

const chainSilent = (chain: string, why: string) =>
  new AppError(
    'CHAIN_CALL_FAILED',
    `The state of ${chain} could not be read from the chain: ${asSentence(why)} Check that it still runs, then try again.`,
    { fix: { label: `Show ${chain}`, command: `drydock chain show ${chain}` } },
  );

const corrupt = (chain: string, error: Error) =>
  new AppError(
    'STATE_CORRUPT',
    `The saved state of ${chain} can't be read (${messageOf(error)}). Start the chain: it continues from its last whole copy.`,
    {
      fix: {
        label: `Start ${chain}`,
        command: `drydock chain start ${chain}`,
        call: { procedure: 'chains.start', input: { chain } },
      },
    },
  );

const deleted = (chain: string, state: ChainState) =>
  new AppError(
    'SNAPSHOT_LOST',
    `The snapshot "${nameOf(state)}" of ${chain} was deleted meanwhile. Choose another one.`,
    { fix: { label: 'Show the snapshots', command: `drydock chain snapshots ${chain}` } },
  );

function damaged(chain: string, state: ChainState, error: Error): AppError {
  const id = state.snapshot?.id ?? 0;
  return new AppError(
    'SNAPSHOT_DAMAGED',
    `The file of the snapshot "${nameOf(state)}" of ${chain} is damaged: ${asSentence(messageOf(error))} Compare with another snapshot, and delete this one.`,
    {
      fix: {
        label: 'Delete it',
        command: `drydock chain remove-snapshot ${chain} ${id}`,
        call: { procedure: 'chains.removeSnapshot', input: { chain, snapshot: id } },
      },
    },
  );
}
