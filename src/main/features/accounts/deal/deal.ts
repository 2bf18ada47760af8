import { formatUnits, type Hex, parseUnits } from 'viem';
import type { WritableState } from '../../../eth/writable-state.ts';
import { AppError } from '../../../shared/errors.ts';
import type { DealInput, Dealt } from '../contract.ts';
import { aboutToken, type DealtToken } from './about-token.ts';
import { applyPlan } from './apply.ts';
import { planBalance } from './erc20.ts';
import { planOwner } from './erc721.ts';
import type { DealPlan } from './plan.ts';
import { Trial } from './trial.ts';

export interface DealWish extends Omit<DealInput, 'token' | 'to'> {
  token: Hex;
  to: Hex;
}

/**
 * Gives an address tokens, by writing what the token's own functions then read (docs/adr/066-*). All
 * is tried before anything is written. Rejects with NOT_A_TOKEN, DEAL_FAILED, BAD_INPUT, RpcError.
 */
export async function deal(state: WritableState, wish: DealWish): Promise<Dealt> {
  const { to, adjustSupply } = wish;
  const trial = new Trial(state.call);
  const token = await aboutToken(trial, wish.token);
  const id = idOf(token, wish.id);
  if (token.standard === 'erc721') refuseAmount(token, wish);
  const plan =
    token.standard === 'erc721'
      ? await planOwner(trial, { token, to, id: id ?? 0n, adjustSupply })
      : await planBalance(trial, { token, to, id, adjustSupply, amount: amountOf(token, wish) });
  const written = await applyPlan(state, trial, token, plan);
  return { ...toDealt(wish, token, plan), id: id === null ? null : id.toString(), written };
}

function toDealt(
  { network, to }: DealWish,
  { address, symbol, decimals, standard }: DealtToken,
  { before, after, supply, previousOwner, notes }: DealPlan,
): Omit<Dealt, 'id' | 'written'> {
  return {
    ...{ network, to, previousOwner, notes: [...notes] },
    token: { address, symbol, decimals, standard },
    before: before.toString(),
    after: after.toString(),
    supply: supply && { before: supply.before.toString(), after: supply.after.toString() },
  };
}

function idOf({ standard, called }: DealtToken, text: string | undefined): bigint | null {
  if (standard === 'erc20') {
    if (text === undefined) return null;
    throw new AppError('BAD_INPUT', `${called} is an ERC-20: its tokens have no id.`, {
      field: 'id',
    });
  }
  if (text !== undefined) return BigInt(text);
  const name = standard === 'erc721' ? 'ERC-721' : 'ERC-1155';
  throw new AppError('BAD_INPUT', `${called} is an ${name}: give the id of the token.`, {
    field: 'id',
  });
}

function refuseAmount({ called }: DealtToken, { amount, raw }: DealWish): void {
  if (amount === undefined && !raw) return;
  throw new AppError(
    'BAD_INPUT',
    `${called} is an ERC-721: there is one of each id, so give no amount.`,
    {
      field: 'amount',
    },
  );
}

/** In the smallest unit. Throws BAD_INPUT. */
function amountOf({ called, decimals }: DealtToken, { amount, raw }: DealWish): bigint {
  if (amount === undefined) {
    throw new AppError('BAD_INPUT', `Give the amount of ${called} that it is to have.`, {
      field: 'amount',
    });
  }
  const places = raw ? 0 : decimals;
  if ((amount.split('.')[1]?.length ?? 0) > places) {
    throw new AppError(
      'BAD_INPUT',
      raw
        ? 'In the smallest unit an amount is a whole number.'
        : `${called} has ${decimals} decimals: ${formatUnits(1n, decimals)} is the least there is.`,
      { field: 'amount' },
    );
  }
  const value = parseUnits(amount, places);
  if (value < 2n ** 256n) return value;
  throw new AppError('BAD_INPUT', 'No token can count that much.', { field: 'amount' });
}
