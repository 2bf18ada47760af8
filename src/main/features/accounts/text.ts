import { formatEther, formatUnits } from 'viem';
import { table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { UNCOUNTED_NONCE } from '../../shared/safe-integer.ts';
import type { AccountEntry, AccountList, Dealt, Token } from './contract.ts';

export function listText({ accounts, tokens, moreTokens, network }: AccountList): string {
  if (accounts.length === 0) {
    return `No account on ${network}. Keep one in the list with "drydock account watch ${network} <address>".`;
  }
  const rows = table(
    ['#', 'ADDRESS', 'CALLED', 'ETH', 'NONCE', 'CREATES', 'TOKENS', ''],
    accounts.map((one) => [
      one.index,
      one.address,
      one.label ?? one.contract,
      formatEther(BigInt(one.balance)),
      one.nonce ?? UNCOUNTED_NONCE,
      one.creates === null ? null : one.creates ? 'yes' : 'no',
      holdingsText(one, tokens),
      colors.dim(marks(one).join(', ')),
    ]),
  );
  return moreTokens ? `${rows}\nNot every contract was looked at for tokens.` : rows;
}

const holdingsText = ({ balances }: AccountEntry, tokens: readonly Token[]): string | null =>
  tokens
    .flatMap(({ decimals, symbol }, i) => {
      const held = BigInt(balances[i] ?? 0);
      return held === 0n ? [] : [`${formatUnits(held, decimals)} ${symbol}`];
    })
    .join(', ') || null;

const marks = ({ watched, impersonated }: AccountEntry): string[] => [
  ...(watched ? [noted('watched', watched.note)] : []),
  ...(impersonated ? [noted('impersonated', impersonated.note)] : []),
];

const noted = (word: string, note: string | null): string =>
  note === null ? word : `${word}: ${note}`;

export function dealtText(dealt: Dealt): string {
  const { token, to, id, before, after, supply, previousOwner, notes } = dealt;
  const name = token.symbol ?? token.address;
  const amount = (text: string) => formatUnits(BigInt(text), token.decimals);
  const lines =
    token.standard === 'erc721'
      ? [
          `${to} owns ${name} ${id}${previousOwner && before !== after ? `, which was of ${previousOwner}` : ''}. It has ${after}.`,
        ]
      : [
          `${to} has ${amount(after)} ${name}${id === null ? '' : ` of id ${id}`}, ${amount(before)} before.`,
        ];
  if (supply)
    lines.push(`The total supply is ${amount(supply.after)}, ${amount(supply.before)} before.`);
  return [...lines, ...notes].join('\n');
}
