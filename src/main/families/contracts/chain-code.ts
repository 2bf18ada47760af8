import type { Hex } from 'viem';
import { checkedReplies } from '../../eth/checked-replies.ts';
import { type Rpc, RpcError, rpc } from '../../eth/rpc.ts';
import { codeFacts } from './code-facts.ts';
import type { CodeFacts } from './contract.ts';

const AT_ONCE = 16;

/** Address of a network's RPC; null when it has none now, undefined for an unknown network. */
export type RpcUrl = (network: string) => Promise<string | null | undefined>;

/** A chain that can be asked, or a sentence that says why not. */
export type Reached = { call: Rpc } | { problem: string };

/**
 * @param url of the network's RPC; null when it has none now, undefined when there is no such network
 * @param chainId the id that it must answer, if known
 */
export async function reachChain(
  network: string,
  url: string | null | undefined,
  chainId: number | null,
): Promise<Reached> {
  if (url === undefined) return { problem: `There is no network ${network} any more.` };
  if (url === null) {
    return {
      problem: `${network} can't be asked: its chain is not running. Start it with "drydock chain start ${network}".`,
    };
  }
  const call = checkedReplies(rpc(url, 5000));
  try {
    const answered = Number(await call<string>('eth_chainId'));
    if (chainId === null || answered === chainId) return { call };
    return {
      problem: `${network} is chain ${answered} now, and the deployment went to chain ${chainId}.`,
    };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return { problem: `${network} does not answer: ${error.message}.` };
  }
}

/** Code by address, in lower case; null where there is none. Rejects with RpcError. */
export async function codesAt(
  call: Rpc,
  addresses: readonly string[],
): Promise<Map<string, CodeFacts | null>> {
  const found = new Map<string, CodeFacts | null>();
  for (let i = 0; i < addresses.length; i += AT_ONCE) {
    const some = addresses.slice(i, i + AT_ONCE);
    const codes = await Promise.all(
      some.map((address) => call<Hex>('eth_getCode', [address, 'latest'])),
    );
    some.forEach((address, n) => {
      const code = codes[n] ?? '0x';
      found.set(address.toLowerCase(), code === '0x' ? null : codeFacts(code));
    });
  }
  return found;
}
