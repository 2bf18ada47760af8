import type { Contract, Transaction } from '../../shared/result.ts';
import type { Failure } from '../../shared/run.ts';

/** A chain that can be queried. */
export interface KnownChain {
  /** Of its network. */
  name: string;
  url: string;
  isOwn: boolean;
}

/**
 * The chain with an id, reached by the tool at an RPC host; null when there is no such network, or
 * when it isn't running.
 */
export type ChainAt = (chainId: number, host: string) => Promise<KnownChain | null>;

/** The part of a run that goes to another chain than its network's. */
export interface OtherChain {
  chainId: number;
  /** Named as in the tool's `elsewhere`. */
  host: string;
  /** Name of the network, otherwise the host. */
  name: string;
  transactions: number;
  chain: KnownChain | null;
}

type Placed = Pick<Transaction | Contract, 'chainId' | 'elsewhere'>;

/**
 * One entry for each chain, in the order of their first transactions. None for the run's own
 * network, whichever address the tool used for it.
 */
export async function otherChains(
  transactions: readonly Placed[],
  { network, chainAt }: { network: string; chainAt: ChainAt },
): Promise<OtherChain[]> {
  const found = new Map<string, OtherChain>();
  for (const { chainId, elsewhere: host } of transactions) {
    if (host === null || chainId === null) continue;
    const key = keyOf({ chainId, host });
    const known = found.get(key);
    if (known) known.transactions++;
    else {
      const chain = await chainAt(chainId, host);
      found.set(key, { chainId, host, name: chain?.name ?? host, transactions: 1, chain });
    }
  }
  return [...found.values()].filter(({ chain }) => chain?.name !== network);
}

export const keyOf = ({ chainId, host }: Pick<OtherChain, 'chainId' | 'host'>): string =>
  `${chainId} ${host}`;

export const isAllowed = ({ chainId }: OtherChain, allowed: readonly number[]): boolean =>
  allowed.includes(chainId);

export const isOnThisMachine = ({ chain, host }: OtherChain): boolean =>
  chain?.isOwn || /^(127\.0\.0\.1|host\.docker\.internal):/.test(host);

/** A run that was stopped before it sent anything, and how to start it again with consent. */
export function wouldLeave(
  deployment: number,
  network: string,
  others: readonly OtherChain[],
): Failure {
  const ids = [...new Set(others.map(({ chainId }) => chainId))];
  const options = ids.map((id) => `--allow-chain ${id}`).join(' ');
  return {
    code: 'OTHER_CHAIN',
    message: `The script would send ${listOf(others)}, where only ${network} was chosen. Nothing was sent. Look at the forks that it selects; if it is meant to, deploy again with ${options}.`,
    fix: {
      label: ids.length === 1 ? 'Deploy to this chain too' : 'Deploy to these chains too',
      command: `drydock deployment retry ${deployment} ${options}`,
      call: {
        procedure: 'deployments.retry',
        input: { id: deployment, changes: { input: { allowChains: ids } } },
      },
    },
  };
}

/** What the user should know about another chain to which a run may send. */
export const alsoSendsTo = (network: string, { chainId, name }: OtherChain): string =>
  `This run also sends to chain ${chainId} (${name}). No snapshot of that chain was taken, and taking ${network} back doesn't take back what goes there.`;

/** A run that sent to a chain without permission. */
export const wentElsewhere = (network: string, others: readonly OtherChain[]): Failure => ({
  code: 'OTHER_CHAIN',
  message: `The script has sent ${listOf(others)}, where only ${network} was chosen. What it sent is recorded with its chain: look at it there before you deploy again. Reverting ${network} does not take it back.`,
});

function listOf(others: readonly OtherChain[]): string {
  return others
    .map(({ chainId, name, transactions }) => {
      const where = name === `chain ${chainId}` ? name : `chain ${chainId} (${name})`;
      return `${transactions} transaction${transactions === 1 ? '' : 's'} to ${where}`;
    })
    .join(' and ');
}
