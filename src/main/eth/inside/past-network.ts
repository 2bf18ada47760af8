import type { ReadNetwork } from '../network-reader.ts';
import { RpcError } from '../rpc.ts';

const ABOUT: Readonly<Record<string, (asked: unknown) => string>> = {
  eth_getCode: String,
  eth_getStorageAt: String,
  eth_call: (asked) => String((asked as { to?: string }).to),
};

/**
 * A network as it was after a block, to find out what stood at addresses and behind them. What was
 * not there yet, and what the node does not have any more, is as it is now.
 */
export function pastNetwork(from: ReadNetwork, block: number): ReadNetwork {
  const at = `0x${block.toString(16)}`;
  const standing = new Map<string, Promise<boolean>>();
  const stood = (address: string): Promise<boolean> => {
    const known = standing.get(address) ?? stoodAt(from, address, at);
    standing.set(address, known);
    return known;
  };
  return {
    ...from,
    async call<T>(method: string, params: unknown[] = []): Promise<T> {
      const about = params.at(-1) === 'latest' ? ABOUT[method] : undefined;
      if (!about || !(await stood(about(params[0]).toLowerCase()))) {
        return from.call<T>(method, params);
      }
      return from.call<T>(method, [...params.slice(0, -1), at]);
    },
  };
}

async function stoodAt({ call }: ReadNetwork, address: string, block: string): Promise<boolean> {
  try {
    return (await call<string>('eth_getCode', [address, block])) !== '0x';
  } catch (error) {
    if (error instanceof RpcError && !error.unreachable) return false;
    throw error;
  }
}
