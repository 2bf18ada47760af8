import type { CallNode, LogNode } from '#main/shared/decoded.ts';

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

/** A line of the trace: a call, or an event that it wrote. */
export type TraceItem = CallItem | LogItem;

export const isCall = (item: TraceItem): item is CallItem => 'call' in item;

/** All calls and events, each call before what it does, in the order in which they ran. */
export function traceItems(root: CallNode): TraceItem[] {
  const items: TraceItem[] = [];
  const whole = Math.max(1, Number(root.gasUsed));

  function add(call: CallNode, parent: number | null, depth: number, start: number): void {
    const id = items.length;
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
    for (let i = 0; i <= call.calls.length; i++) {
      for (const log of call.logs) {
        if (log.position !== i) continue;
        const own = items.length;
        items.push({ id: own, parent: id, depth: depth + 1, end: own + 1, log, by: call });
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
