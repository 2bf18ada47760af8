import { getAddress } from 'viem';
import type { Rpc } from '../../eth/rpc.ts';
import type { Mining } from '../../shared/mining.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import { miningOf } from './mining.ts';

/** How a chain makes blocks, and of what. */
export interface MakesBlocks {
  mining: Mining;
  /** Transactions that wait. */
  pending: number;
  next: NextBlock;
}

/** What the next block is made with; amounts are decimal. */
export interface NextBlock {
  /** wei */
  baseFee: string;
  gasLimit: string;
  coinbase: string;
  /** As anvil calls it. */
  hardfork: string;
}

/** What stays as it is for as long as a chain runs. */
interface Lasting {
  hardfork: string;
  /** One that a fork needs not ask its upstream for. */
  account: string;
}

/** Returns the gas limit of the block that it runs in, with instructions that each hardfork has. */
const TELL_GAS_LIMIT = '0x4560005260206000f3';
const NOBODY = `0x${'0'.repeat(40)}`;

/**
 * Asks chains how they make blocks. `anvil_nodeInfo` tells most of it, but anvil 1.7 may stand still for
 * ever when it is asked while a block is mined: it is asked once for each start of a chain.
 */
export class BlockMaking {
  /** By chain, of its last start. */
  readonly #lasting = new Map<string, { start: string; told: Promise<Lasting> }>();

  /**
   * Rejects with RpcError.
   *
   * @param start tells the times apart that a chain was started
   */
  async of(
    chain: { name: string; start: string; isFork: boolean },
    call: Rpc,
  ): Promise<MakesBlocks> {
    const [{ hardfork, account }, mining, pool, baseFee, coinbase] = await Promise.all([
      this.#lastingOf(chain.name, chain.start, call),
      miningOf(call),
      call<{ pending: string; queued: string }>('txpool_status'),
      chain.isFork ? feeOfFork(call) : feeOf(call),
      call<string>('eth_coinbase'),
    ]);
    const gasLimit = await call<string>('eth_call', [
      ...[{ from: account, to: account }, 'latest'],
      { [account]: { code: TELL_GAS_LIMIT } },
    ]);
    return {
      mining,
      pending: clampedInteger(pool.pending) + clampedInteger(pool.queued),
      next: {
        baseFee: baseFee.toString(),
        gasLimit: BigInt(gasLimit).toString(),
        coinbase: getAddress(coinbase.toLowerCase()),
        hardfork,
      },
    };
  }

  async #lastingOf(chain: string, start: string, call: Rpc): Promise<Lasting> {
    const known = this.#lasting.get(chain);
    if (known?.start === start) return known.told;
    const told = lastingOf(call);
    this.#lasting.set(chain, { start, told });
    told.catch(() => {
      if (this.#lasting.get(chain)?.told === told) this.#lasting.delete(chain);
    });
    return told;
  }
}

/** The history of fees ends with that of the block that comes. */
async function feeOf(call: Rpc): Promise<bigint> {
  const asked = ['0x1', 'latest', []];
  const { baseFeePerGas } = await call<{ baseFeePerGas: string[] }>('eth_feeHistory', asked);
  return BigInt(baseFeePerGas.at(-1) ?? 0);
}

/** A fork without blocks of its own tells the history of its upstream: its price is the fee and a tip. */
async function feeOfFork(call: Rpc): Promise<bigint> {
  const [price, tip] = await Promise.all([
    call<string>('eth_gasPrice'),
    call<string>('eth_maxPriorityFeePerGas'),
  ]);
  const fee = BigInt(price) - BigInt(tip);
  return fee > 0n ? fee : 0n;
}

async function lastingOf(call: Rpc): Promise<Lasting> {
  const [node, accounts] = await Promise.all([
    call<{ hardFork: string }>('anvil_nodeInfo'),
    call<string[]>('eth_accounts'),
  ]);
  return { hardfork: node.hardFork, account: accounts[0] ?? NOBODY };
}
