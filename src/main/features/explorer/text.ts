import { formatGwei } from 'viem';
import { eventText } from '../../eth/inside/named-event.ts';
import { facts, table, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import { UNDATED } from '../../shared/block-time.ts';
import { textOf } from '../../shared/decoded-text.ts';
import { addressNames, withNames } from '../../shared/named-addresses.ts';
import { oneLine } from '../../shared/one-line.ts';
import { nextOfPending } from '../../shared/pending-text.ts';
import { UNCOUNTED_NONCE } from '../../shared/safe-integer.ts';
import { calledText, shortText } from './called-text.ts';
import type { AddressDetail, AddressTransactions } from './contract/addresses.ts';
import type { BlockDetail, BlockPage } from './contract/blocks.ts';
import type {
  BeforeTransaction,
  TransactionDetail,
  TransactionLine,
  TransactionPage,
  Waiting,
} from './contract/transactions.ts';
import { sourceText } from './source-text.ts';
import { ether, gasText, stateText, transferText } from './state-text.ts';
import { traceText } from './trace-text.ts';
import { blobsText, typedText } from './typed-text.ts';

const at = (seconds: number | null): string | null =>
  time(seconds === null ? null : seconds * 1000);

const statusText = (status: TransactionLine['status']): string =>
  ({ success: colors.green, reverted: colors.red, pending: colors.yellow })[status](status);

const lines = (all: readonly (TransactionLine & { roles?: string[] })[]): string =>
  table(
    [
      'BLOCK',
      ...(all.some(({ roles }) => roles) ? ['ROLE'] : []),
      'HASH',
      'STATUS',
      'FROM',
      'TO',
      'FUNCTION',
      'VALUE',
      'GAS',
    ],
    all.map((one) => [
      ...[one.blockNumber, ...(one.roles ? [one.roles.join(', ')] : [])],
      ...[one.hash, statusText(one.status), shortText(one.from)],
      one.to ? shortText(one.to) : one.created && `new ${shortText(one.created)}`,
      one.function,
      one.value === '0' ? null : ether(one.value),
      one.gasUsed,
    ]),
  );

const goOn = (next: number | string | null): string =>
  next === null ? '' : `\n${colors.dim(`Older ones: --before ${next}`)}`;

const NOT_RUNNING = 'not running: this is what was recorded';

const stoppedNote = (stopped: boolean): string =>
  stopped ? `\n${colors.yellow('The chain is not running: this is what was recorded of it.')}` : '';

const missingNote = (missing: string | undefined): string =>
  missing === undefined ? '' : `\n${colors.yellow(missing)}`;

export const transactionsText = ({
  transactions,
  next,
  stopped,
  missing,
}: TransactionPage): string =>
  (transactions.length === 0 ? 'No transaction in these blocks.' : lines(transactions)) +
  goOn(next) +
  stoppedNote(stopped) +
  missingNote(missing);

export const addressTransactionsText = ({
  transactions,
  next,
  problem,
  missing,
}: AddressTransactions): string =>
  [
    transactions.length === 0 ? 'No transaction is known.' : lines(transactions),
    ...(problem === null ? [] : [colors.yellow(problem)]),
  ].join('\n') +
  goOn(next) +
  missingNote(missing);

const waitingText = ({ position, of, problem }: Waiting): string =>
  position === null
    ? (problem ?? 'it is not in the block that would be mined now')
    : `${position} of ${of} that the next block has`;

export function transactionText(t: TransactionDetail): string {
  const names = addressNames(t.names);
  const values = t.arguments.map((one) => {
    const text = oneLine(textOf(one));
    const name = names.get(text.toLowerCase());
    const shown = name === undefined ? withNames(text, names) : `${name} ${colors.dim(text)}`;
    return `  ${colors.dim(one.name || one.type)} ${shown}`;
  });
  const run = t.deployment;
  return [
    facts([
      ['transaction', t.hash],
      ['network', `${t.network} (chain ${t.chainId})`],
      ['type', t.type],
      ['status', statusText(t.status)],
      ['waits', t.waiting && waitingText(t.waiting)],
      ['taken back', t.takenBack ? 'by a revert or restart: this is what was recorded' : null],
      ['chain', t.stopped ? NOT_RUNNING : null],
      ['missing', t.missing ? colors.yellow(t.missing) : null],
      ['why', t.error && colors.red(t.error.text)],
      ['block', t.blockNumber],
      ['time', at(t.timestamp) ?? (t.blockNumber === null ? null : UNDATED)],
      ['from', calledText(t.from)],
      ['to', t.to && calledText(t.to)],
      ['created', t.created && calledText(t.created)],
      ['function', t.argumentsProblem ? `${t.function} (${t.argumentsProblem})` : t.function],
      ['value', ether(t.value)],
      ['fee', t.fee && ether(t.fee)],
      ['gas', t.gasUsed && `${t.gasUsed} of ${t.gasLimit}`],
      ['gas went into', t.gas && gasText(t.gas)],
      ['gas price', t.gasPrice && `${formatGwei(BigInt(t.gasPrice))} gwei`],
      ['blobs', t.blobs && blobsText(t.blobs)],
      ['nonce', t.nonce ?? UNCOUNTED_NONCE],
      ['sent by', run && `${run.project.name} #${run.number} (deployment ${run.id})`],
    ]),
    ...(t.waiting ? [colors.dim(nextOfPending(t.network, t.hash))] : []),
    ...(values.length > 0 ? [`${colors.dim('arguments')}\n${values.join('\n')}`] : []),
    ...typedText(t),
    ...(t.events.length > 0
      ? [
          `${colors.dim('events')}\n${t.events.map((event) => `  ${eventText(event, names)}`).join('\n')}`,
        ]
      : []),
    ...(t.transfers.length > 0
      ? [
          `${colors.dim('transfers')}\n${t.transfers.map((one) => `  ${transferText(one)}`).join('\n')}`,
        ]
      : []),
    ...(t.state ? [stateText(t.state)] : []),
    ...(t.stateProblem ? [colors.yellow(t.stateProblem)] : []),
    ...(t.trace ? [`${colors.dim('trace')}\n${traceText(t.trace, names)}`] : []),
    ...(t.source ? [`${colors.dim('source')}\n${sourceText(t.source)}`] : []),
    ...(t.sourceProblem ? [colors.yellow(t.sourceProblem)] : []),
    ...(t.traceProblem && t.traceProblem !== t.sourceProblem
      ? [colors.yellow(t.traceProblem)]
      : []),
  ].join('\n');
}

export const beforeText = (
  network: string,
  { snapshot, isExact, problem }: BeforeTransaction,
): string =>
  snapshot === null
    ? colors.yellow(problem ?? 'There is none.')
    : [
        facts([
          ['snapshot', snapshot.name],
          ['block', snapshot.blockNumber],
          ['taken', time(snapshot.createdAt)],
        ]),
        ...(isExact
          ? []
          : [colors.yellow('Other transactions were mined between it and this one.')]),
        colors.dim(`Go there: drydock chain revert ${network} ${snapshot.id}`),
      ].join('\n');

export const blocksText = ({ blocks, next, stopped, missing }: BlockPage): string =>
  table(
    ['BLOCK', 'TIME', 'TRANSACTIONS', 'GAS USED', 'HASH'],
    blocks.map((b) => [
      b.number,
      at(b.timestamp) ?? UNDATED,
      b.transactionCount,
      b.gasUsed,
      b.hash,
    ]),
  ) +
  goOn(next) +
  stoppedNote(stopped) +
  missingNote(missing);

export const blockText = (b: BlockDetail): string =>
  [
    facts([
      ['block', b.number],
      ['network', b.network],
      ['hash', b.hash],
      ['parent', b.parentHash],
      ['time', at(b.timestamp) ?? UNDATED],
      ['gas used', `${b.gasUsed} of ${b.gasLimit}`],
      ['base fee', b.baseFee && `${formatGwei(BigInt(b.baseFee))} gwei`],
      ['miner', b.miner],
      ['chain', b.stopped ? NOT_RUNNING : null],
      ['missing', b.missing ? colors.yellow(b.missing) : null],
    ]),
    b.transactions.length === 0 ? 'No transactions.' : lines(b.transactions),
    ...(b.next === null
      ? []
      : [`${b.transactionCount - b.next} more: go on with --first ${b.next}.`]),
  ].join('\n');

const codeText = (size: number | null): string | null =>
  size === null ? null : size === 0 ? 'none: an account' : `${size} bytes`;

export const addressText = (a: AddressDetail): string =>
  facts([
    ['address', a.address],
    ['network', a.network],
    ['contract', a.contract],
    ['label', a.label],
    ['color', a.color],
    [a.delegates ? 'delegates to' : 'runs', a.implementation && calledText(a.implementation)],
    ['chain', a.stopped ? NOT_RUNNING : null],
    ['missing', a.missing ? colors.yellow(a.missing) : null],
    ['balance', a.balance === null ? null : ether(a.balance)],
    ['nonce', a.nonce ?? (a.stopped || a.missing ? null : UNCOUNTED_NONCE)],
    ['code', codeText(a.codeSize)],
    ['created in', a.creation],
    ['created by', a.deployment && `${a.deployment.project.name} #${a.deployment.number}`],
  ]);
