import { AppError } from '../shared/errors.ts';
import { checkedReplies } from './checked-replies.ts';
import { type Instruction, instructionsOf } from './instructions.ts';
import { type Rpc, RpcError, rpc } from './rpc.ts';
import { turnsAt } from './turns.ts';

/** A network whose node responds. */
export interface ReadNetwork {
  name: string;
  chainId: number;
  /** A chain of Drydock's: it takes large batches, and tells everything. */
  isOwn: boolean;
  call: Rpc;
  /** What a trace without a tracer has, as it arrives, in pieces. Rejects with RpcError. */
  instructions(method: string, params: readonly unknown[]): AsyncIterable<readonly Instruction[]>;
}

export interface NetworkReaderDependencies {
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => { kind: 'local' | 'fork' | 'remote'; url: string | null };
  /** Address of the running chain of a network; null when it isn't running. */
  chainUrl: (name: string) => Promise<string | null>;
  mask: (text: string) => string;
}

/**
 * Reads from a network. Rejects with NETWORK_NOT_FOUND or CHAIN_NOT_RUNNING, and turns what its node
 * doesn't say into RPC_UNREACHABLE.
 */
export function networkReader({ network, chainUrl, mask }: NetworkReaderDependencies) {
  async function urlOf(name: string): Promise<string> {
    const { kind, url } = network(name);
    const found = kind === 'remote' ? url : await chainUrl(name);
    if (found !== null) return found;
    throw kind === 'remote'
      ? new AppError('RPC_UNREACHABLE', `The address of ${name} can't be read. Enter it again.`)
      : new AppError(
          'CHAIN_NOT_RUNNING',
          `The chain ${name} is not running. Start it to look into it.`,
          {
            fix: {
              label: `Start ${name}`,
              command: `drydock chain start ${name}`,
              call: { procedure: 'chains.start', input: { chain: name } },
            },
          },
        );
  }

  return async function reading<T>(
    name: string,
    work: (from: ReadNetwork) => Promise<T>,
  ): Promise<T> {
    const { kind } = network(name);
    const isOwn = kind !== 'remote';
    const url = await urlOf(name);
    const turns = kind === 'local' ? undefined : turnsAt(url);
    const call = checkedReplies(rpc(url, undefined, { batch: isOwn, turns }));
    try {
      const chainId = Number(await call<string>('eth_chainId'));
      const instructions: ReadNetwork['instructions'] = (method, params) =>
        instructionsOf(url, method, params);
      return await work({ name, chainId, isOwn, call, instructions });
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      throw new AppError(
        'RPC_UNREACHABLE',
        `${name} could not be read: ${mask(error.message)}. Check that it answers with "drydock network test ${name}", then try again.`,
        { fix: { label: `Test ${name}`, command: `drydock network test ${name}` } },
      );
    }
  };
}

export type Reading = ReturnType<typeof networkReader>;
