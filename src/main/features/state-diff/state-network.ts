import type { ReadNetwork } from '../../eth/network-reader.ts';
import { type Rpc, RpcError } from '../../eth/rpc.ts';
import type { OpenSession } from './session/open-session.ts';

/**
 * A network that is the two states that are compared: what stood at an address is named by its code in
 * them, whatever the chain has come to since.
 *
 * @param call asks the chain itself for what no state holds; null: it does not run
 */
export function stateNetwork(
  chain: string,
  session: Pick<OpenSession, 'codeAt' | 'wordAt'>,
  call: Rpc | null,
): ReadNetwork {
  const ask = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const [address, slot] = params as [string, string];
    const held =
      method === 'eth_getCode'
        ? await session.codeAt(address)
        : method === 'eth_getStorageAt'
          ? await session.wordAt(address, slot)
          : null;
    if (held !== null) return held;
    if (call) return call(method, [...params]);
    if (method === 'eth_getCode') return '0x';
    throw new RpcError(`${chain} does not run`, false);
  };
  return {
    ...{ name: chain, chainId: 0, isOwn: true, isStopped: false },
    call: (async (method, params = []) => ask(method, params)) as Rpc,
    async *instructions() {
      yield* [];
      throw new RpcError('a state has no instructions', false);
    },
  };
}
