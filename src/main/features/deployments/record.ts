import { AppError, messageOf } from '../../kit/errors.ts';
import { rpc } from '../../kit/rpc.ts';
import type { Outcome } from '../../toolchains/toolchain.ts';
import type { Contract, Failure, Transaction } from './contract.ts';
import { verify } from './verify.ts';

export interface CheckedOutcome {
  transactions: Transaction[];
  contracts: Contract[];
  /** Sum over all receipts, as a decimal. */
  gasUsed: string;
  /** Something of it is on the chain; null when nothing is, or when the chain could not be asked. */
  live: boolean | null;
  /** Why the run did not do all that it meant to. */
  failure?: Failure;
}

/** Asks the chain about everything that a run left behind; one of `ours` takes it all at once. */
export async function checkOutcome(
  outcome: Outcome,
  { url, chainId, ours }: { url: string; chainId: number; ours: boolean },
): Promise<CheckedOutcome> {
  const call = rpc(url, undefined, { batch: ours });
  try {
    const [answered, { transactions, contracts }] = await Promise.all([
      call<string>('eth_chainId'),
      verify(call, outcome),
    ]);
    if (Number(answered) !== chainId) {
      throw new AppError('CHAIN_ID_MISMATCH', 'another chain answers than the one deployed to');
    }
    const landed = transactions.filter((t) => t.status === 'success').length;
    return {
      transactions,
      contracts,
      gasUsed: gasOf(transactions),
      live: landed > 0 ? true : null,
      failure: shortfall(transactions, landed),
    };
  } catch (error) {
    return {
      ...outcome,
      gasUsed: gasOf(outcome.transactions),
      live: null,
      failure: {
        code: 'NOT_VERIFIED',
        message: `The transactions could not be checked against the chain: ${messageOf(error)}. They are recorded as the tool reported them; start the chain again and look at their hashes.`,
      },
    };
  }
}

function gasOf(transactions: readonly Transaction[]): string {
  return transactions.reduce((sum, t) => sum + BigInt(t.gasUsed ?? 0), 0n).toString();
}

function shortfall(transactions: readonly Transaction[], landed: number): Failure | undefined {
  const reverted = transactions.find((t) => t.status === 'reverted');
  if (reverted) {
    const target = [reverted.contractName, reverted.function].filter(Boolean).join('.');
    return {
      code: 'TRANSACTION_REVERTED',
      message: `Transaction ${reverted.index + 1}${target ? ` (${target})` : ''} was reverted on the chain. Look at its arguments and the state that it met.`,
    };
  }
  if (transactions.every((t) => t.verified)) return undefined;
  return {
    code: 'INCOMPLETE',
    message: `Only ${landed} of ${transactions.length} transactions are on the chain. Revert to the snapshot before this run, or deploy again.`,
  };
}
