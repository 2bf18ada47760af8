import { callsOf } from '../../eth/inside/call-tree.ts';
import { colors } from '../../lib/cli/colors.ts';
import type { CallNode, DecodedValue } from '../../shared/decoded.ts';
import { textOf } from '../../shared/decoded-text.ts';
import { type AddressNames, withNames } from '../../shared/named-addresses.ts';
import { oneLine } from '../../shared/one-line.ts';

/** Longer values are cut: the whole ones are in the JSON. */
const MOST_VALUE = 80;

/** A tree of calls, one line for each, as deep as it is called. */
export function traceText(root: CallNode, names: AddressNames): string {
  const depths = new Map<CallNode, number>([[root, 0]]);
  const lines: string[] = [];
  for (const node of callsOf(root)) {
    const depth = depths.get(node) ?? 0;
    for (const call of node.calls) depths.set(call, depth + 1);
    lines.push(`${'  '.repeat(depth + 1)}${callText(node, names)}`);
  }
  return lines.join('\n');
}

function callText(node: CallNode, names: AddressNames): string {
  const text = (one: DecodedValue) => cut(withNames(oneLine(textOf(one)), names));
  const { type, to, contract, label, error, gasUsed } = node;
  const where = label ?? contract ?? to ?? 'a new contract';
  const name = node.function?.slice(0, node.function.indexOf('(')) ?? node.input.slice(0, 10);
  const values = node.argumentsProblem ? '…' : node.arguments.map(text).join(', ');
  const result = node.result?.length
    ? ` ${colors.dim('→')} ${node.result.map(text).join(', ')}`
    : '';
  const unread = node.argumentsProblem ? ` ${colors.yellow(node.argumentsProblem)}` : '';
  const failure = error ? ` ${colors.red(`✗ ${error.text}`)}` : '';
  return `${colors.dim(type.toLowerCase())} ${where}.${name}(${values})${unread}${result}${failure} ${colors.dim(`${gasUsed} gas`)}`;
}

const cut = (text: string): string =>
  text.length > MOST_VALUE ? `${text.slice(0, MOST_VALUE - 1)}…` : text;
