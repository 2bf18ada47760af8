import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem';
import type { TreeNames } from '../../eth/inside/call-tree.ts';
import { tokenTransfersOf, transfersOf } from '../../eth/inside/transfers.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { CallNode, Transfer } from '../../shared/decoded.ts';
import type { TransactionTransfer } from './contract/transactions.ts';
import type { FoundTransaction } from './found-transaction.ts';
import { knownAddress } from './known-address.ts';

/** Of a transaction, in their order. */
const MOST_TRANSFERS = 1000;
/** Tokens that are asked for their symbols. */
const MOST_TOKENS = 20;
const MOST_SYMBOL = 32;

const tokenAbi = parseAbi([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);

type Token = NonNullable<TransactionTransfer['token']>;

/**
 * What a transaction that went through has moved. Without the tree of its calls: what it says in its
 * events, and its own value.
 */
export async function namedTransfers(
  from: ReadNetwork,
  names: TreeNames,
  { transaction, receipt }: FoundTransaction,
  tree: CallNode | null,
): Promise<TransactionTransfer[]> {
  if (!receipt) return [];
  const { value, to } = transaction;
  const target = to ?? receipt.contractAddress;
  const own: Transfer[] =
    BigInt(value) === 0n || target === null
      ? []
      : [
          {
            ...{ standard: 'ether', token: null, from: transaction.from, to: target },
            ...{ amount: BigInt(value).toString(), id: null },
          },
        ];
  const all = tree ? transfersOf(tree) : [...own, ...receipt.logs.flatMap(tokenTransfersOf)];
  const tokens = new Map<string, Promise<Token>>();
  const tokenAt = (address: string): Promise<Token> => {
    const known = tokens.get(address) ?? tokenOf(from, names, address, tokens.size < MOST_TOKENS);
    tokens.set(address, known);
    return known;
  };
  return Promise.all(
    all.slice(0, MOST_TRANSFERS).map(async (one) => ({
      ...one,
      token: one.token === null ? null : await tokenAt(one.token),
      from: await knownAddress(names, one.from),
      to: await knownAddress(names, one.to),
    })),
  );
}

async function tokenOf(
  { call }: ReadNetwork,
  names: TreeNames,
  address: string,
  isAsked: boolean,
): Promise<Token> {
  const read = async (functionName: 'symbol' | 'decimals'): Promise<string | number | null> => {
    try {
      const data = encodeFunctionData({ abi: tokenAbi, functionName });
      const returned = await call<`0x${string}`>('eth_call', [{ to: address, data }, 'latest']);
      return decodeFunctionResult({ abi: tokenAbi, functionName, data: returned });
    } catch {
      return null;
    }
  };
  const [known, symbol, decimals] = await Promise.all([
    knownAddress(names, address),
    isAsked ? read('symbol') : null,
    isAsked ? read('decimals') : null,
  ]);
  return {
    ...known,
    symbol: typeof symbol === 'string' && symbol !== '' ? symbol.slice(0, MOST_SYMBOL) : null,
    decimals: typeof decimals === 'number' ? decimals : null,
  };
}
