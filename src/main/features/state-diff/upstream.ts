import { RpcError, rpc } from '../../eth/rpc.ts';
import { turnsAt } from '../../eth/turns.ts';
import type { RequestHeaders } from '../../lib/secrets/secret-headers.ts';
import { AppError } from '../../shared/errors.ts';
import type { Lacking, Upstream } from './state/compare-states.ts';

/** More would keep an upstream busy for minutes. */
const MOST_READS = 20_000;
/** At once; on this machine they go one after the other all the same. */
const ROUND = 10;
/** An upstream that is far away may have to look for state that was not read for long. */
const ANSWER_MS = 30_000;

/** Where what a fork has not used can be read. */
export interface UpstreamAddress {
  /** null: it can't be read. */
  url: string | null;
  /** Sent with each request. */
  headers: RequestHeaders;
}

/** One value to be read. */
type Read = { address: string; slot: string | null };

/**
 * Reads from the upstream of a fork what one of two states does not tell. Throws RPC_UNREACHABLE,
 * STATE_TOO_LARGE.
 */
export async function readUpstream(
  chain: string,
  of: UpstreamAddress | null,
  block: number | null,
  lacking: readonly Lacking[],
  mask: (text: string) => string,
): Promise<Upstream> {
  const reads = lacking.flatMap(({ address, account, slots }): Read[] => [
    ...(account ? [{ address, slot: null }] : []),
    ...slots.map((slot) => ({ address, slot })),
  ]);
  const upstream: Map<string, Found> = new Map();
  if (reads.length === 0) return upstream;
  const { url = null, headers = {} } = of ?? {};
  if (url === null || block === null) throw unreachable(chain, 'its address is not known');
  if (reads.length > MOST_READS) {
    throw new AppError(
      'STATE_TOO_LARGE',
      `To compare these states of ${chain}, ${reads.length.toLocaleString('en')} values would have to be read from the upstream, which is too many. Compare states that are closer to each other.`,
    );
  }
  const at = `0x${block.toString(16)}`;
  const call = rpc(url, ANSWER_MS, { headers, turns: turnsAt(url) });
  const read = async ({ address, slot }: Read) => {
    const found: Found = upstream.get(address) ?? { account: null, slots: {} };
    upstream.set(address, found);
    if (slot !== null) {
      const word = await call<string>('eth_getStorageAt', [address, slot, at]);
      found.slots[slot] = `0x${BigInt(word).toString(16).padStart(64, '0')}`;
      return;
    }
    const balance = await call<string>('eth_getBalance', [address, at]);
    const nonce = await call<string>('eth_getTransactionCount', [address, at]);
    const code = await call<string>('eth_getCode', [address, at]);
    found.account = { balance: BigInt(balance), nonce: BigInt(nonce), code: code.toLowerCase() };
  };
  try {
    for (let i = 0; i < reads.length; i += ROUND) {
      await Promise.all(reads.slice(i, i + ROUND).map(read));
    }
  } catch (error) {
    if (error instanceof RpcError || error instanceof SyntaxError || error instanceof TypeError) {
      throw unreachable(chain, mask(error.message));
    }
    throw error;
  }
  return upstream;
}

interface Found {
  account: { balance: bigint; nonce: bigint; code: string } | null;
  slots: Record<string, string>;
}

const unreachable = (chain: string, why: string) =>
  new AppError(
    'RPC_UNREACHABLE',
    `What ${chain} forks from could not be read (${why}), and one of both states tells only what was used in it. Check the upstream with "drydock network test ${chain}", then try again.`,
    { fix: { label: `Test ${chain}`, command: `drydock network test ${chain}` } },
  );
