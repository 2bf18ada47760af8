import type { RanFunctions } from '#main/features/explorer/contract/source.ts';
import type { CallNode, LogNode } from '#main/shared/decoded.ts';

export type RanFunction = RanFunctions['functions'][number];

interface Placed {
  /** Its position among all items. */
  id: number;
  parent: number | null;
  depth: number;
  /** The id after that of its last descendant. */
  end: number;
}

export interface CallItem extends Placed {
  call: CallNode;
  /** Where its gas lies within that of the transaction, in order of execution; both of 0 to 1. */
  start: number;
  share: number;
}

interface LogItem extends Placed {
  log: LogNode;
  /** The call that wrote it. */
  by: CallNode;
}

interface FunctionItem extends Placed {
  ran: RanFunction;
  /** The call that it ran in. */
  by: CallNode;
}

/** A line of the trace: a call, an event that it wrote, or an internal function that ran in it. */
export type TraceItem = CallItem | LogItem | FunctionItem;

export const isCall = (item: TraceItem): item is CallItem => 'call' in item;
export const isFunction = (item: TraceItem): item is FunctionItem => 'ran' in item;

/**
 * All calls and events, each call before what it does, in the order in which they ran.
 *
 * @param functions that ran in it, in their order: the internal ones are told as well
 */
export function traceItems(root: CallNode, functions: readonly RanFunction[] = []): TraceItem[] {
  const items: TraceItem[] = [];
  const ran = Map.groupBy(functions, ({ call }) => call);
  let calls = 0;
  const whole = Math.max(1, Number(root.gasUsed));

  function add(call: CallNode, parent: number | null, depth: number, start: number): void {
    const id = items.length;
    const own = ran.get(calls++) ?? [];
    const internal = own.filter(({ isInternal }) => isInternal);
    const gas = Number(call.gasUsed);
    const item: CallItem = {
      ...{ id, parent, depth, end: id + 1, call },
      ...{ start: Math.min(1, start / whole), share: Math.min(1, gas / whole) },
    };
    items.push(item);
    const inner = call.calls.reduce((sum, one) => sum + Number(one.gasUsed), 0);
    // Traces don't say when a call spent its own gas: evenly between the calls that it makes.
    const between = Math.max(0, gas - inner) / (call.calls.length + 1);
    let at = start;
    /** Those before a step; where that of the next call isn't known, they come behind it. */
    const addFunctions = (before: number | undefined) => {
      while (before !== undefined && (internal[0]?.step ?? before) < before) {
        const one = internal.shift() as RanFunction;
        const inner = one.depth - (own[0]?.depth ?? one.depth);
        const at = items.length;
        items.push({ id: at, parent: id, depth: depth + inner, end: at + 1, ran: one, by: call });
      }
    };
    for (let i = 0; i <= call.calls.length; i++) {
      addFunctions(call.calls[i] ? ran.get(calls)?.[0]?.step : Number.POSITIVE_INFINITY);
      for (const log of call.logs) {
        if (log.position !== i) continue;
        const at = items.length;
        items.push({ id: at, parent: id, depth: depth + 1, end: at + 1, log, by: call });
      }
      const next = call.calls[i];
      if (!next) break;
      at += between;
      add(next, id, depth + 1, at);
      at += Number(next.gasUsed);
    }
    item.end = items.length;
  }

  add(root, null, 0, 0);
  return items;
}

/** The same line among others; undefined: it is not there. */
export const sameItem = (
  items: readonly TraceItem[],
  wanted: TraceItem | undefined,
): number | undefined => items.find((item) => what(item) === (wanted && what(wanted)))?.id;

const what = (item: TraceItem): object =>
  isCall(item) ? item.call : isFunction(item) ? item.ran : item.log;

/** Whether it has calls or events inside of it. */
export const canFold = (item: TraceItem): boolean => item.end > item.id + 1;

/**
 * Calls that begin folded: those into contracts that aren't known, and those that repeat an earlier
 * one. What led to the error is never among them.
 */
export function foldedAtFirst(items: readonly TraceItem[]): Set<number> {
  const seen = new Set<string>();
  const folded = new Set<number>();
  for (const item of items) {
    if (!isCall(item) || !canFold(item) || item.parent === null) continue;
    const { call } = item;
    const what = `${call.type} ${call.to} ${call.input}`;
    const isForeign = call.contract === null && call.label === null;
    if (!call.failing && (isForeign || seen.has(what))) folded.add(item.id);
    seen.add(what);
  }
  return folded;
}

/** Without what is inside of folded calls. */
export function shownItems(
  items: readonly TraceItem[],
  folded: ReadonlySet<number>,
): readonly TraceItem[] {
  const shown: TraceItem[] = [];
  for (let i = 0; i < items.length; ) {
    const item = items[i] as TraceItem;
    shown.push(item);
    i = folded.has(item.id) ? item.end : i + 1;
  }
  return shown;
}

/** The innermost call that failed, on the way to the transaction's error; else the first one. */
export const failedItem = (items: readonly TraceItem[]): number =>
  items.findLast((item) => isCall(item) && item.call.failing)?.id ?? 0;

/** The calls around one, from the outermost. */
export function around(items: readonly TraceItem[], id: number): number[] {
  const all: number[] = [];
  for (let at = items[id]?.parent ?? null; at !== null; at = items[at]?.parent ?? null) {
    all.unshift(at);
  }
  return all;
}
