import { AppError } from '../shared/errors.ts';
import { checkedReplies } from './checked-replies.ts';
import { type Instruction, instructionsOf } from './instructions.ts';
import { type ChainEnd, notRunning } from './not-running.ts';
import { type Rpc, RpcError, rpc } from './rpc.ts';
import { turnsAt } from './turns.ts';
import { type OriginOf, type UpstreamDown, upstreamDown } from './upstream-failure.ts';

/** A network whose node responds, or what was recorded of a chain. */
export interface ReadNetwork {
  name: string;
  chainId: number;
  /** A chain of Drydock's: it takes large batches, and tells everything. */
  isOwn: boolean;
  /** A chain of Drydock's that does not run: it tells what was recorded of it, and rejects otherwise. */
  isStopped: boolean;
  call: Rpc;
  /**
   * The implementations that a contract passes calls on to, by its address in lower case, where the
   * network is seen as a transaction ran in it; none: the contract has answered itself; null: what the
   * network itself says.
   */
  behind?(address: string): Promise<readonly string[] | null>;
  /** Why no code is told of an address whose code a fork could not read; null: it could. */
  unread?(address: string): UpstreamDown | null;
  /** What a trace without a tracer has, as it arrives, in pieces. Rejects with RpcError. */
  instructions(method: string, params: readonly unknown[]): AsyncIterable<readonly Instruction[]>;
}

export interface NetworkReaderDependencies {
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => { kind: 'local' | 'fork' | 'remote'; url: string | null };
  /** Address of the running chain of a network; null when it isn't running. */
  chainUrl: (name: string) => Promise<string | null>;
  /** How a chain that does not run has ended; null: as it was asked to, or it has never run. */
  endOf: (name: string) => ChainEnd | null;
  originOf: OriginOf;
  mask: (text: string) => string;
}

/**
 * Reads from a network, or from what `whenStopped` has of a chain that does not run. Rejects with
 * NETWORK_NOT_FOUND or CHAIN_NOT_RUNNING, and turns what its node doesn't say into RPC_UNREACHABLE.
 */
export function networkReader({
  network,
  chainUrl,
  endOf,
  originOf,
  mask,
}: NetworkReaderDependencies) {
  /** null: its chain does not run. */
  async function urlOf(name: string): Promise<string | null> {
    const { kind, url } = network(name);
    if (kind !== 'remote') return chainUrl(name);
    if (url !== null) return url;
    throw new AppError('RPC_UNREACHABLE', `The address of ${name} can't be read. Enter it again.`);
  }

  return async function reading<T>(
    name: string,
    work: (from: ReadNetwork) => Promise<T>,
    whenStopped: (name: string) => ReadNetwork | null = () => null,
  ): Promise<T> {
    const { kind } = network(name);
    const isOwn = kind !== 'remote';
    const url = await urlOf(name);
    if (url === null) {
      const recorded = whenStopped(name);
      if (recorded === null) throw notRunning(name, endOf(name));
      return work(recorded).catch((error: unknown) => {
        throw error instanceof RpcError ? notRunning(name, endOf(name)) : error;
      });
    }
    const turns = kind === 'local' ? undefined : turnsAt(url);
    const asked = checkedReplies(rpc(url, undefined, { batch: isOwn, turns }));
    /** Reports an upstream that doesn't respond as that, not as a refusal such as a revert. */
    const told = (error: unknown): never => {
      const isTold = kind === 'fork' && error instanceof RpcError && !error.unreachable;
      throw (isTold && upstreamDown(name, originOf(name), error.message)) || error;
    };
    const call: Rpc = <T>(method: string, params?: unknown[]) =>
      asked<T>(method, params).catch(told);
    try {
      const chainId = Number(await call<string>('eth_chainId'));
      const instructions: ReadNetwork['instructions'] = (method, params) =>
        instructionsOf(url, method, params);
      return await work({ name, chainId, isOwn, isStopped: false, call, instructions });
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      const hasEnded = isOwn && error.unreachable && (await chainUrl(name)) === null;
      if (hasEnded) throw notRunning(name, endOf(name));
      throw new AppError(
        'RPC_UNREACHABLE',
        `${name} could not be read: ${mask(error.message)}. Check that it answers with "drydock network test ${name}", then try again.`,
        { fix: { label: `Test ${name}`, command: `drydock network test ${name}` } },
      );
    }
  };
}

export type Reading = ReturnType<typeof networkReader>;
