import { ChevronDown, ChevronRight, CircleX } from 'lucide-react';
import { memo } from 'react';
import type { CallNode } from '#main/shared/decoded.ts';
import { type AddressNames, valuesText } from '../../../core/inside/value-text.ts';
import { functionName } from '../../../core/inside/words.ts';
import { cx } from '../../../ui/cx.ts';
import { count, shortHex } from '../../../ui/format.ts';
import {
  type CallItem,
  canFold,
  isCall,
  isFunction,
  type RanFunction,
  type TraceItem,
} from './trace-items.ts';

export const rowHeight = 26;
const indent = 16;
/** Deeper calls are drawn no further in. */
const deepest = 20;

const typeWords: Record<string, string> = {
  CALL: 'call',
  DELEGATECALL: 'delegate',
  STATICCALL: 'static',
  CALLCODE: 'callcode',
  CREATE: 'create',
  CREATE2: 'create2',
  SELFDESTRUCT: 'destroy',
};

/** What a call runs: a label, a contract's name or an address. */
export const calledName = ({ label, contract, to }: CallNode): string =>
  label ?? contract ?? (to === null ? 'contract' : shortHex(to));

/** The function of a call, or how its data begins. */
export function calledFunction({ type, function: signature, input, value }: CallNode): string {
  if (signature !== null) return functionName(signature);
  if (/^CREATE/.test(type)) return 'constructor';
  if (input === '0x') return value === '0' ? 'fallback' : 'transfer';
  return input.slice(0, 10);
}

/** What a call was given, on one line. */
const givenText = (call: CallNode, names: AddressNames): string =>
  call.argumentsProblem ?? valuesText(call.arguments, names);

/** An event by its name, or how its topics begin. */
export const eventName = (name: string | null | undefined, topics: readonly string[]): string =>
  name ?? (topics[0] ? shortHex(topics[0]) : 'log');

/** An internal function by its contract and name. */
export const ranName = ({ contract, function: name }: RanFunction): string =>
  `${contract === null ? '' : `${contract}.`}${name}`;

/** All that a line says, for searching in it. */
export function itemText(item: TraceItem, names: AddressNames): string {
  if (isFunction(item)) return `${ranName(item.ran)} ${item.ran.file}:${item.ran.line}`;
  if (!isCall(item)) {
    const { log } = item;
    return `${log.contract ?? ''} ${eventName(log.event?.name, log.topics)} ${log.address} ${valuesText(log.event?.arguments ?? [], names)}`;
  }
  const { call } = item;
  return [
    `${calledName(call)}.${calledFunction(call)}(${givenText(call, names)})`,
    valuesText(call.result ?? [], names),
    ...[call.error?.text, call.to, call.proxy, typeWords[call.type]],
  ].join(' ');
}

function Called({ call, names }: { call: CallNode; names: AddressNames }) {
  const isKnown = call.label !== null || call.contract !== null;
  return (
    <>
      <span className={isKnown ? 'font-semibold text-ink' : 'text-ink-soft'}>
        {calledName(call)}
      </span>
      <span className="text-ink">.{calledFunction(call)}</span>
      <span className="text-ink-soft">({givenText(call, names)})</span>
      {call.result && call.result.length > 0 && (
        <span className="text-ink-dim"> → {valuesText(call.result, names)}</span>
      )}
      {call.error && (
        <span className="text-bad">
          {' '}
          <CircleX aria-label="failed" role="img" size={13} className="inline-block align-[-2px]" />{' '}
          {call.error.text}
        </span>
      )}
      {call.proxy && <span className="text-ink-dim"> through {call.proxy}</span>}
    </>
  );
}

function typeOf(item: TraceItem): string {
  if (isFunction(item)) return 'internal';
  return isCall(item) ? (typeWords[item.call.type] ?? item.call.type.toLowerCase()) : 'event';
}

function GasBar({ item }: { item: CallItem }) {
  return (
    <span aria-hidden="true" className="relative hidden h-1 w-28 shrink-0 @3xl:block">
      <span
        className={cx(
          'absolute inset-y-0 min-w-[2px] rounded-full',
          item.call.failing ? 'bg-bad/70' : 'bg-ink-dim/50',
        )}
        style={{ left: `${item.start * 100}%`, width: `${item.share * 100}%`, maxWidth: '100%' }}
      />
    </span>
  );
}

interface TraceRowProps {
  id: string;
  item: TraceItem;
  names: AddressNames;
  isFolded: boolean;
  isChosen: boolean;
  isFound: boolean;
  /** The call that failed first, which is marked. */
  isFailed: boolean;
  onChoose(id: number): void;
  onFold(id: number): void;
}

/** One call or event of the trace. */
export const TraceRow = memo(function TraceRow(props: TraceRowProps) {
  const { item, names, isFolded, isChosen, isFound, isFailed, onChoose, onFold } = props;
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  const folds = canFold(item);
  const undone = isCall(item) ? item.call.undone && !item.call.failing : item.by.undone;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names this one
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
    <div
      role="treeitem"
      id={props.id}
      aria-level={item.depth + 1}
      aria-expanded={folds ? !isFolded : undefined}
      aria-selected={isChosen}
      onClick={() => onChoose(item.id)}
      style={{ height: rowHeight, paddingLeft: 10 + Math.min(item.depth, deepest) * indent }}
      className={cx(
        'flex cursor-default items-center gap-2 border-l-2 pr-3 font-mono text-xs',
        isFailed ? 'border-bad bg-bad/10' : 'border-transparent',
        isChosen ? 'bg-hover' : !isFailed && 'hover:bg-hover/60',
      )}
    >
      <span
        aria-hidden="true"
        className="flex size-4 shrink-0 items-center justify-center text-ink-dim"
        onClick={(event) => {
          if (!folds) return;
          event.stopPropagation();
          onFold(item.id);
        }}
      >
        {folds && <Chevron size={14} />}
      </span>
      <span
        className={cx(
          'min-w-0 flex-1 truncate',
          undone && 'opacity-80',
          isFound && 'underline decoration-accent decoration-2 underline-offset-2',
        )}
      >
        {isCall(item) ? (
          <Called call={item.call} names={names} />
        ) : isFunction(item) ? (
          <>
            <span className="text-ink-soft">{ranName(item.ran)}</span>
            <span className="text-ink-dim">
              {' '}
              {item.ran.file}:{item.ran.line}
            </span>
          </>
        ) : (
          <>
            <span className="text-ink">{eventName(item.log.event?.name, item.log.topics)}</span>
            <span className="text-ink-soft">
              ({valuesText(item.log.event?.arguments ?? [], names)})
            </span>
          </>
        )}
      </span>
      <span className="w-16 shrink-0 text-right font-sans text-ink-dim">{typeOf(item)}</span>
      <span className="w-20 shrink-0 text-right text-ink-soft nums">
        {isCall(item) ? count(item.call.gasUsed) : ''}
      </span>
      {isCall(item) ? (
        <GasBar item={item} />
      ) : (
        <span aria-hidden="true" className="hidden w-28 shrink-0 @3xl:block" />
      )}
    </div>
  );
});
