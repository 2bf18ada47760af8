import type { Hex } from 'viem';
import { AppError } from '../../../shared/errors.ts';
import { symbolIn } from '../token-words.ts';
import { decimalsOf, holdings, INTERFACES, STRANGERS, supports, symbolOf } from './questions.ts';
import type { Trial } from './trial.ts';

/** A token as far as it matters for dealing it. */
export interface DealtToken {
  address: Hex;
  standard: 'erc20' | 'erc721' | 'erc1155';
  symbol: string | null;
  /** 0 for those that count in whole ones. */
  decimals: number;
  /** Keeps lists of its tokens besides. */
  isEnumerable: boolean;
  /** For messages. */
  called: string;
}

const MOST_DECIMALS = 77n;

/** Rejects with NOT_A_TOKEN, RpcError. */
export async function aboutToken(trial: Trial, address: Hex): Promise<DealtToken> {
  const [is721, isEnumerable, is1155, held, decimals, symbolOutput] = await Promise.all([
    trial.ask(supports(address, INTERFACES.erc721)),
    trial.ask(supports(address, INTERFACES.erc721Enumerable)),
    trial.ask(supports(address, INTERFACES.erc1155)),
    trial.ask(holdings(address, STRANGERS[0])),
    trial.ask(decimalsOf(address)),
    trial.output(symbolOf(address)),
  ]);
  const symbol = symbolIn(symbolOutput);
  const common = { address, symbol, called: symbol ?? address, isEnumerable: isEnumerable === 1n };
  if (is721 === 1n) return { ...common, standard: 'erc721', decimals: 0 };
  if (is1155 === 1n) return { ...common, standard: 'erc1155', decimals: 0 };
  if (held === null) {
    throw new AppError(
      'NOT_A_TOKEN',
      `What stands at ${address} is no token: it has no balanceOf(address), and does not say that it is an ERC-721 or ERC-1155. Give the address of a token.`,
      { field: 'token' },
    );
  }
  const known = decimals !== null && decimals <= MOST_DECIMALS;
  return { ...common, standard: 'erc20', decimals: known ? Number(decimals) : 0 };
}
