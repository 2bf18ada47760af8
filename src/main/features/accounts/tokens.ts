import { getAddress, type Hex } from 'viem';
import { inRounds } from '../../eth/in-rounds.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { Token } from './contract.ts';
import {
  decimalsOf,
  holdings,
  INTERFACES,
  STRANGERS,
  supports,
  symbolOf,
} from './deal/questions.ts';
import { type Question, Trial } from './deal/trial.ts';
import { symbolIn } from './token-words.ts';

const MOST_DECIMALS = 77n;

/** Which of the contracts at some addresses are tokens that say what an account holds, in their order. */
export async function tokensAmong(
  from: ReadNetwork,
  names: Names,
  addresses: readonly Hex[],
): Promise<Token[]> {
  const trial = new Trial(from.call);
  const found = await inRounds(from, addresses, async (at): Promise<Token | null> => {
    const [held, decimals, symbolOutput, is721] = await Promise.all([
      trial.ask(holdings(at, STRANGERS[0])),
      trial.ask(decimalsOf(at)),
      trial.output(symbolOf(at)),
      trial.ask(supports(at, INTERFACES.erc721)),
    ]);
    const symbol = symbolIn(symbolOutput);
    const isUnique = is721 === 1n;
    const counts = decimals !== null && decimals <= MOST_DECIMALS;
    // Much else has a balanceOf; what people call a token says its decimals or what it is called.
    if (held === null || !(isUnique || counts || symbol !== null)) return null;
    return {
      address: getAddress(at),
      symbol: symbol ?? `${at.slice(0, 6)}…${at.slice(-4)}`,
      name: (await names.contractAt(at))?.name ?? null,
      standard: isUnique ? 'erc721' : 'erc20',
      decimals: !isUnique && counts ? Number(decimals) : 0,
    };
  });
  return found.filter((one) => one !== null);
}

/** What accounts hold of tokens, by account. null: the token does not say. */
export async function balancesOf(
  from: ReadNetwork,
  tokens: readonly Token[],
  holders: readonly Hex[],
): Promise<(string | null)[][]> {
  const trial = new Trial(from.call);
  const questions: Question[] = holders.flatMap((holder) =>
    tokens.map(({ address }) => holdings(address as Hex, holder)),
  );
  const all = await inRounds(from, questions, async (one) => {
    const held = await trial.ask(one);
    return held === null ? null : held.toString();
  });
  return holders.map((_, i) => all.slice(i * tokens.length, (i + 1) * tokens.length));
}
