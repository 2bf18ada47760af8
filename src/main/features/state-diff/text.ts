import { formatEther } from 'viem';
import { plural, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { oneLine } from '../../shared/one-line.ts';
import type {
  Authority,
  DiffAccount,
  DiffCode,
  DiffPart,
  DiffSide,
  DiffVariable,
} from './contract.ts';

/** What differs, by account. */
export function diffText(parts: readonly DiffPart[]): string {
  const lines = parts.flatMap((part) => {
    if (part.type === 'head') return headLines(part);
    if (part.type === 'account') return ['', ...accountLines(part.account)];
    return part.type === 'storage' ? part.variables.map(variableLine) : [];
  });
  return lines.join('\n');
}

function headLines(head: Extract<DiffPart, { type: 'head' }>): string[] {
  const { before, after, accounts, slots, left } = head;
  const found =
    accounts === 0
      ? 'nothing differs'
      : `${plural(accounts, 'account')} and ${plural(slots + left, 'slot')} differ`;
  return [
    `${head.chain}: ${sideText(before)} → ${sideText(after)}: ${found}`,
    ...[before.note, after.note].flatMap((note) => (note ? [colors.yellow(note)] : [])),
    ...(left > 0
      ? [colors.yellow(`${plural(left, 'slot')} are not shown: there are too many.`)]
      : []),
  ];
}

function sideText({ name, blockNumber, at }: DiffSide): string {
  const about = [blockNumber === null ? null : `block ${blockNumber}`, time(at)].filter(Boolean);
  return `"${oneLine(name)}" ${colors.dim(`(${about.join(', ')})`)}`;
}

function accountLines(account: DiffAccount): string[] {
  const { address, contract, label, system, balance, nonce, code, problem } = account;
  const name = label ?? contract;
  const about = system === null ? '' : colors.dim(` ${system}`);
  return [
    `${name === null ? address : `${oneLine(name)} ${colors.dim(address)}`}${about}`,
    ...(balance ? [line('balance', ether(balance.before), ether(balance.after))] : []),
    ...(nonce ? [line('nonce', nonce.before, nonce.after)] : []),
    ...(code ? [line('code', codeText(code.before), codeText(code.after))] : []),
    ...(problem ? [`  ${colors.yellow(problem)}`] : []),
  ];
}

function variableLine({ name, slot, before, after, authority }: DiffVariable): string {
  const text = (value: string) => (value === '' ? '""' : value);
  const about = authority ? ` ${colors.cyan(authorityText(authority))}` : '';
  return line(name ?? `slot ${slot}`, text(before), text(after)) + about;
}

const authorityText = ({ kind, role, account }: Authority): string =>
  kind === 'role' ? `role ${role} of ${account}` : role === null ? kind : `${kind} of ${role}`;

const line = (name: string, before: string, after: string): string =>
  `  ${oneLine(name)} ${colors.dim(oneLine(before))} → ${oneLine(after)}`;

const ether = (wei: string): string => `${formatEther(BigInt(wei))} ETH`;

const codeText = ({ bytes, hash }: DiffCode): string =>
  hash === null ? 'none' : `${bytes} bytes ${hash.slice(0, 10)}…`;
