import type { Hex } from 'viem';
import { AppError } from '../../../shared/errors.ts';
import type { DealtToken } from './about-token.ts';
import { findPlace } from './find-place.ts';
import type { DealPlan } from './plan.ts';
import { delegateOf, holdings, holdingsOf, STRANGE_IDS, STRANGERS } from './questions.ts';
import { noBalance } from './refusals.ts';
import { withSupply } from './supply.ts';
import type { Question, Trial } from './trial.ts';

export interface BalanceWish {
  token: DealtToken;
  to: Hex;
  amount: bigint;
  /** Of an ERC-1155. */
  id: bigint | null;
  adjustSupply: boolean;
}

/** Plans another balance of an ERC-20 or ERC-1155. Rejects with DEAL_FAILED, RpcError. */
export async function planBalance(
  trial: Trial,
  { token, to, amount, id, adjustSupply }: BalanceWish,
): Promise<DealPlan> {
  const { question, others } = balances(token.address, to, id);
  // In one turn: most often all of it is needed.
  const [before, notes, found] = await Promise.all([
    trial.ask(question),
    notesFor(trial, token, to),
    findPlace(trial, { question, value: amount, others }, []),
  ]);
  if (before === null) throw unreadable(token, to);
  const plan: DealPlan = {
    ...{ before, after: amount, supply: null, previousOwner: null },
    writes: [],
    expected: [{ question, value: amount }],
    notes,
  };
  if (before === amount) return plan;
  if ('no' in found) throw noBalance(token, found.no);
  const dealt = { ...plan, writes: [found.write] };
  return adjustSupply ? withSupply(trial, token, dealt, id) : dealt;
}

/** What is asked about a holder, and the same about others. */
function balances(
  token: Hex,
  to: Hex,
  id: bigint | null,
): { question: Question; others: Question[] } {
  const strangers = STRANGERS.filter((one) => one !== to.toLowerCase());
  if (id === null) {
    return {
      question: holdings(token, to),
      others: strangers.map((one) => holdings(token, one)),
    };
  }
  return {
    question: holdingsOf(token, to, id),
    others: [
      ...strangers.map((one) => holdingsOf(token, one, id)),
      ...STRANGE_IDS.filter((one) => one !== id).map((one) => holdingsOf(token, to, one)),
    ],
  };
}

async function notesFor(trial: Trial, { address, called }: DealtToken, to: Hex): Promise<string[]> {
  const delegate = await trial.ask(delegateOf(address, to));
  return delegate
    ? [`The votes that ${to} delegates stay as they were: ${called} counts them when it moves.`]
    : [];
}

const unreadable = ({ called }: DealtToken, to: string): AppError =>
  new AppError(
    'DEAL_FAILED',
    `${called}.balanceOf refuses to say what ${to} has: the token may have blocked this address. Nothing was changed; give another address.`,
    { field: 'to' },
  );
