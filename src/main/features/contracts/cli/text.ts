import { formatEther } from 'viem';
import { eventText } from '../../../eth/inside/named-event.ts';
import { facts, table } from '../../../lib/cli/cli.ts';
import { colors } from '../../../lib/cli/colors.ts';
import type { DecodedValue } from '../../../shared/decoded.ts';
import { textOf } from '../../../shared/decoded-text.ts';
import { cell, oneLine } from '../../../shared/one-line.ts';
import { nextOfPending } from '../../../shared/pending-text.ts';
import type { DecodedEvent } from '../../explorer/contract/decoded.ts';
import type {
  ContractValue,
  ContractValues,
  ReadValues,
  Senders,
  SentCall,
  Simulation,
} from '../contract/calls.ts';
import type { ContractDetail } from '../contract/detail.ts';
import type { ContractEvents, EventNews } from '../contract/events.ts';
import type { RanCall, SavedCall } from '../contract/saved-calls.ts';
import type { ContractStorage } from '../contract/storage.ts';

/** The value itself, so that scripts can take it; of several one line for each. */
export const valueText = ({ values }: ContractValue): string => {
  const [only] = values;
  if (only === undefined) return 'It returns nothing.';
  return values.length === 1 ? textOf(only) : values.map(namedText).join('\n');
};

const lineOf = (one: DecodedValue): string => oneLine(textOf(one));

const namedText = (one: DecodedValue, index: number): string =>
  `${colors.dim(one.name || `${index}`)} ${lineOf(one)}`;

export const valuesText = ({ functions }: ContractValues): string =>
  functions.length === 0
    ? 'No function that reads takes nothing, or the ABI is not known.'
    : table(
        ['FUNCTION', 'VALUE'],
        functions.map((one) => [
          one.function,
          one.error ? colors.red(cell(one.error.text)) : cell(one.values.map(textOf).join(', ')),
        ]),
      );

export const manyText = ({ results }: ReadValues): string =>
  table(
    ['CONTRACT', 'FUNCTION', 'VALUE'],
    results.map((one) => [
      ...[one.contract, one.function],
      one.error ? colors.red(cell(one.error.message)) : cell(one.values.map(textOf).join(', ')),
    ]),
  );

export const simulationText = (one: Simulation): string =>
  [
    one.succeeds ? colors.green('It would succeed.') : colors.red('It would fail.'),
    facts([
      ['why', one.error && colors.red(one.error.text)],
      ['function', one.function],
      ['from', one.from],
      ['result', one.values.length === 0 ? null : one.values.map(lineOf).join(', ')],
      ['gas', one.gas],
    ]),
    ...changeLines(one.changes ?? [], one.address),
    ...eventLines(one.events ?? []),
  ].join('\n');

function changeLines(changes: NonNullable<Simulation['changes']>, called: string): string[] {
  const lines = changes.flatMap(({ address, contract, label, balance, code, variables }) => {
    const prefix = address === called ? '' : `${label ?? contract ?? address}.`;
    const line = (name: string, before: string, after: string) =>
      `  ${cell(`${prefix}${name}`)} ${colors.dim(cell(before))} → ${cell(after)}`;
    const ether = (wei: string) => `${formatEther(BigInt(wei))} ETH`;
    return [
      ...(code ? [`  ${cell(`${prefix}code`)} ${(code.after.length - 2) / 2} bytes`] : []),
      ...variables.map(({ name, slot, before, after }) => line(name ?? slot, before, after)),
      ...(balance ? [line('balance', ether(balance.before), ether(balance.after))] : []),
    ];
  });
  return lines.length === 0 ? [] : [colors.dim('changes'), ...lines];
}

export const sendersText = ({ senders }: Senders): string =>
  table(
    ['ADDRESS', 'WHO', 'BALANCE', 'THE CALL'],
    senders.map(({ address, roles, account, label, balance, problem }) => [
      address,
      cell(
        [...roles, account === null ? null : `account ${account}`, label]
          .filter(Boolean)
          .join(', '),
      ),
      `${formatEther(BigInt(balance))} ETH`,
      problem === null ? colors.green('would succeed') : colors.red(cell(problem)),
    ]),
  );

export const sentText = (one: SentCall): string =>
  [
    facts([
      ['transaction', one.hash],
      ['status', one.status === 'success' ? colors.green(one.status) : colors.red(one.status)],
      ['why', one.error && colors.red(one.error.text)],
      ['function', one.function],
      ['from', one.from],
      ['block', one.blockNumber],
      ['gas used', one.gasUsed],
    ]),
    ...(one.status === 'pending' ? [colors.dim(nextOfPending(one.network, one.hash))] : []),
    ...eventLines(one.events),
    ...one.warnings.map((text) => colors.yellow(text)),
  ].join('\n');

const eventLines = (events: readonly DecodedEvent[]): string[] =>
  events.length === 0 ? [] : [colors.dim('events'), ...events.map((one) => `  ${eventText(one)}`)];

export function detailText(one: ContractDetail): string {
  const { proxy, deployment: run } = one;
  const behind = proxy?.implementation;
  return [
    facts([
      ['address', one.address],
      ['network', one.network],
      ['contract', one.name],
      ['label', one.label],
      ['proxy', proxy && (proxy.name ? `${proxy.name} (${proxy.kind})` : proxy.kind)],
      ['runs', behind && [behind.contract, behind.address].filter(Boolean).join(' ')],
      [
        'admin',
        proxy?.admin &&
          [proxy.admin.label ?? proxy.admin.contract, proxy.admin.address]
            .filter(Boolean)
            .join(' '),
      ],
      ['source', one.source && [one.source, one.commit?.slice(0, 7)].filter(Boolean).join(' ')],
      ['deployed by', run && `${run.project.name} #${run.number}${codeText(one)}`],
      ['chain', one.stopped ? 'not running: this is what was recorded' : null],
      ['missing', one.missing ? colors.yellow(one.missing) : null],
      ['balance', one.balance === null ? null : `${formatEther(BigInt(one.balance))} ETH`],
      ['code', `${one.codeBytes} bytes`],
    ]),
    ...section(
      'functions',
      one.functions.map((item) => `${item.signature} ${colors.dim(item.stateMutability)}`),
    ),
    ...section('events', one.events),
    ...section('errors', one.errors),
  ].join('\n');
}

const codeText = ({ code }: ContractDetail): string =>
  code === 'differs' ? colors.yellow(', but the code there differs from what it deployed') : '';

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [colors.dim(title), ...lines.map((line) => `  ${line}`)];

export function eventsText({ events, next, stopped }: ContractEvents): string {
  const more =
    (next === null ? '' : `\n${colors.dim(`Older ones: --before ${next}`)}`) +
    (stopped
      ? `\n${colors.yellow('The chain is not running: this is what was recorded of it.')}`
      : '');
  if (events.length === 0) return `No such event in these blocks.${more}`;
  const rows = events.map((one) => [one.blockNumber, one.transactionHash, cell(eventText(one))]);
  return table(['BLOCK', 'TRANSACTION', 'EVENT'], rows) + more;
}

/** undefined: there is nothing to print. */
export function eventNewsText({ events, gone }: EventNews): string | undefined {
  const lines = [
    ...(gone === null ? [] : [colors.yellow(`taken back: block ${gone} and what came after it`)]),
    ...events.map((one) =>
      [one.blockNumber, colors.dim(one.transactionHash), eventText(one)].join('  '),
    ),
  ];
  return lines.length > 0 ? lines.join('\n') : undefined;
}

export function storageText({ slots, variables, problem, next }: ContractStorage): string {
  const rows = variables.map(({ name, type, value, slot, offset, total }) => [
    ...[name, type, value === null ? keysText(total) : cell(value)],
    offset === 0 ? slot : `${slot} + ${offset}`,
  ]);
  return (
    [
      ...(slots.length > 0
        ? [
            table(
              ['SLOT', 'WORD'],
              slots.map((one) => [one.slot, one.word]),
            ),
          ]
        : []),
      ...(rows.length > 0 ? [table(['VARIABLE', 'TYPE', 'VALUE', 'SLOT'], rows)] : []),
      ...(next === null ? [] : [colors.dim(`There is more: --from ${next}`)]),
      ...(problem ? [colors.yellow(problem)] : []),
    ].join('\n') || 'It has no variables.'
  );
}

const keysText = (total: string | null): string | null => {
  if (total === null) return null;
  return colors.dim(total === '1' ? '1 known key' : `${total} known keys`);
};

/** Of a single value the value itself, so that scripts can take it. */
export function variableText(shown: ContractStorage): string {
  const [only, ...more] = shown.variables;
  const isValue = only && more.length === 0 && only.value !== null && shown.problem === null;
  return isValue ? (only.value ?? '') : storageText(shown);
}

export const callsText = (calls: readonly SavedCall[]): string =>
  calls.length === 0
    ? 'No call is saved. Save one with "drydock contract call save <name> <contract> <function>".'
    : table(
        ['NAME', 'NETWORK', 'CALL', 'FROM', 'VALUE'],
        calls.map((one) => [...[one.name, one.network, callText(one)], one.from, one.value]),
      );

export const callText = ({ contract, function: signature, arguments: given }: SavedCall): string =>
  `${contract}.${signature.slice(0, signature.indexOf('('))}(${given.map(oneLine).join(', ')})`;

export function ranText({ value, simulation, sent }: RanCall): string {
  if (value) return valueText(value);
  if (simulation) return simulationText(simulation);
  return sent ? sentText(sent) : '';
}
