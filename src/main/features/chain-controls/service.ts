import { type AddressOf, neededAddress } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import type { Mining } from '../../shared/mining.ts';
import type { Chain } from '../chains/contract.ts';
import type {
  AccountInput,
  AccountSet,
  MiningInput,
  NextBlockInput,
  PendingTransactions,
} from './contract.ts';
import { type LinesOf, type Pending, pendingLines } from './pending.ts';
import { quantityOf } from './quantity.ts';

/** wei; far above it, fees of later blocks are more than a node counts. */
const MOST_BASE_FEE = 10n ** 15n;
const MOST_WEI = 2n ** 256n - 1n;
/** Nodes take more, up to 2^64 - 2, which tools and wallets that count in JavaScript then get wrong. */
const MOST_NONCE = BigInt(Number.MAX_SAFE_INTEGER);

/** Chains as they are set. Each change rejects with CHAIN_BUSY while a deployment has the chain. */
export interface ChainSetters {
  pending(chain: string): Promise<Pending[]>;
  drop(chain: string, hash: string | undefined): Promise<{ dropped: number }>;
  setMining(chain: string, mining: Mining): Promise<void>;
  setNextBlock(
    chain: string,
    next: { baseFee?: bigint; gasLimit?: bigint; coinbase?: string; timestamp?: number },
  ): Promise<void>;
  jumpTo(chain: string, time: number): Promise<void>;
  setAccount(
    chain: string,
    change: {
      address: string;
      balance?: bigint;
      nonce?: bigint;
      code?: string;
      snapshot: string | null;
    },
  ): Promise<Pick<AccountSet, 'snapshot'>>;
  /** Of a chain that runs. */
  account(chain: string, address: string): Promise<Omit<AccountSet, 'snapshot'>>;
}

export interface ChainControlsDependencies {
  setters: ChainSetters;
  chain: (name: string) => Promise<Chain>;
  linesOf: LinesOf;
  /** What texts stand for on a chain. Throws CONTRACT_AMBIGUOUS when it is used. */
  addressesOn: (chain: string) => AddressOf;
}

/** What can be set about chains. */
export function chainControlsService({
  setters,
  chain: read,
  linesOf,
  addressesOn,
}: ChainControlsDependencies) {
  /** Rejects as reading the chain does, too. */
  async function addressFrom(chain: string, text: string, field: string): Promise<string> {
    const { name } = await read(chain);
    return neededAddress(text, { addressOf: addressesOn(name), network: name, field });
  }

  return {
    async mining({ chain, mode, seconds }: MiningInput): Promise<Chain> {
      await setters.setMining(chain, miningFrom(mode, seconds));
      return read(chain);
    },
    async nextBlock({ chain, baseFee, gasLimit, time, ...asked }: NextBlockInput): Promise<Chain> {
      const coinbase = asked.coinbase && (await addressFrom(chain, asked.coinbase, 'coinbase'));
      await setters.setNextBlock(chain, {
        baseFee: baseFee === undefined ? undefined : quantityOf(baseFee, 'baseFee', MOST_BASE_FEE),
        gasLimit: gasLimit === undefined ? undefined : BigInt(gasLimit),
        ...{ coinbase, timestamp: time },
      });
      return read(chain);
    },
    async jump(chain: string, time: number): Promise<Chain> {
      await setters.jumpTo(chain, time);
      return read(chain);
    },
    async account({ chain, snapshot, ...asked }: AccountInput): Promise<AccountSet> {
      const address = await addressFrom(chain, asked.address, 'address');
      const change = { ...asked, address };
      const { balance, nonce, code } = change;
      const taken = await setters.setAccount(chain, {
        ...{ address, code, snapshot: snapshot ? beforeSetting(change) : null },
        balance: balance === undefined ? undefined : quantityOf(balance, 'balance', MOST_WEI),
        nonce: nonce === undefined ? undefined : quantityOf(nonce, 'nonce', MOST_NONCE),
      });
      return { ...(await setters.account(chain, address)), ...taken };
    },
    pending: async (chain: string, limit: number): Promise<PendingTransactions> =>
      pendingLines(chain, await setters.pending(chain), limit, linesOf),
    drop: setters.drop,
  };
}

export type ChainControlsService = ReturnType<typeof chainControlsService>;

/** The name of the snapshot before an account is changed. */
function beforeSetting({
  address,
  balance,
  nonce,
  code,
}: Pick<AccountInput, 'address' | 'balance' | 'nonce' | 'code'>): string {
  const set = Object.entries({ balance, nonce, code }).flatMap(([what, value]) =>
    value === undefined ? [] : what,
  );
  return `before ${set.join(', ')} of ${address.slice(0, 8)}…${address.slice(-4)}`;
}

/** Throws BAD_INPUT. */
function miningFrom(mode: Mining['mode'], seconds: number | undefined): Mining {
  if (mode !== 'interval') return { mode, seconds: null };
  if (seconds !== undefined) return { mode, seconds };
  throw new AppError('BAD_INPUT', 'Give the seconds between two blocks, from 1 to 86400.', {
    field: 'seconds',
  });
}
