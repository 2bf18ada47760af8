import { formatEther, formatUnits } from 'viem';
import { colors } from '../../lib/cli/colors.ts';
import type { TransactionGas } from '../../shared/decoded.ts';
import { codeText } from '../../shared/delegation.ts';
import { cell, oneLine } from '../../shared/one-line.ts';
import { calledText, shortText } from './called-text.ts';
import type { AccountChanges, TransactionState } from './contract/state.ts';
import type { TransactionTransfer } from './contract/transactions.ts';

export const ether = (wei: string): string => `${formatEther(BigInt(wei))} ETH`;

/** What it changed, by account. */
export function stateText({ undone, accounts }: TransactionState): string {
  const heading = undone
    ? `${colors.dim('state changes')} ${colors.yellow('variables as they were before the revert, which has undone them')}`
    : colors.dim('state changes');
  return [heading, ...accounts.flatMap(accountLines)].join('\n');
}

function accountLines(account: AccountChanges): string[] {
  const { balance, nonce, code, variables, problem } = account;
  const line = (name: string, before: string, after: string) =>
    `    ${oneLine(name)} ${colors.dim(oneLine(before))} → ${oneLine(after)}`;
  return [
    `  ${calledText(account)}`,
    ...(balance ? [line('balance', ether(balance.before), ether(balance.after))] : []),
    ...(nonce ? [line('nonce', nonce.before, nonce.after)] : []),
    ...(code ? [line('code', codeText(code.before), codeText(code.after))] : []),
    ...variables.map(({ name, slot, before, after }) =>
      line(name ?? `slot ${slot}`, before === '' ? '""' : before, after === '' ? '""' : after),
    ),
    ...(problem ? [`    ${colors.yellow(problem)}`] : []),
  ];
}

export function transferText({ token, from, to, amount, id }: TransactionTransfer): string {
  const what =
    token === null
      ? ether(amount)
      : id === null
        ? `${formatUnits(BigInt(amount), token.decimals ?? 0)} ${symbolOf(token)}`
        : `${amount} of ${symbolOf(token)} #${id}`;
  return `${what} ${colors.dim('from')} ${shortText(from)} ${colors.dim('to')} ${shortText(to)}`;
}

type Token = NonNullable<TransactionTransfer['token']>;

const symbolOf = (token: Token): string =>
  token.symbol === null ? shortText(token) : cell(token.symbol);

export function gasText(gas: TransactionGas): string {
  const parts: [string | null, string][] = [
    [gas.base, 'base'],
    [gas.calldata, 'calldata'],
    [gas.creation, 'creation'],
    [gas.accessList, 'access list'],
    [gas.authorizations, 'authorizations'],
    [gas.execution, 'execution'],
  ];
  const told = parts.filter(([amount]) => amount !== null && amount !== '0');
  const isUnknown = gas.execution === null;
  const unknown = isUnknown ? ' + execution and refund, which only its running network tells' : '';
  const refund = gas.refund === null || gas.refund === '0' ? unknown : ` - ${gas.refund} refund`;
  return gas.floor === null
    ? told.map(([amount, name]) => `${amount} ${name}`).join(' + ') + refund
    : `${gas.floor}, the least for so much calldata`;
}
