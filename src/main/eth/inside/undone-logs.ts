import { z } from 'zod';
import { ADDRESS } from '../../shared/hex.ts';
import type { TracedCall } from './call-tree.ts';

type TracedLog = NonNullable<TracedCall['logs']>[number];

/** A call begins or ends, or an event is written: topics as hex of unknown length. */
type TracedEntry = '(' | ')' | readonly [address: string, topics: readonly string[], data: string];

/** What `LOGS_TRACER` has found. */
export interface TracedEntries {
  entries: readonly TracedEntry[];
  /** It ran too many instructions to be followed to its end. */
  isCut: boolean;
}

const address = z.string().regex(new RegExp(`^${ADDRESS}$`));
const number = z.string().regex(/^(?:0x)?[\da-f]{1,64}$/i);
const data = z.string().regex(/^0x(?:[\da-f]{2})*$/i);
const log = z.tuple([address, z.array(number).max(4), data]);

/** `TracedEntries`, of a node that may be anybody's. */
export const tracedEntries = z.object({
  entries: z.array(z.union([z.enum(['(', ')']), log])),
  isCut: z.boolean(),
}) satisfies z.ZodType<TracedEntries>;

/** Following more would keep a node busy for many seconds. */
const MOST_STEPS = 100_000;

/**
 * A scripted tracer (https://geth.ethereum.org/docs/developers/evm-tracing/custom-tracer) that returns
 * `TracedEntries`, or fails where it ran too many instructions. It takes a node some 20 µs for each.
 */
export const LOGS_TRACER = {
  tracer: `{
    entries: [], begun: null, steps: 0, isCut: false,
    step: function (log) {
      this.steps++;
      if (this.steps > ${MOST_STEPS}) {
        this.isCut = true;
        throw new Error('it ran too many instructions');
      }
      var op = log.op.toNumber();
      var begun = this.begun;
      if (begun) {
        // Only what was written has a next instruction, which finds all of its memory there.
        this.begun = null;
        var end = begun.at + begun.size;
        var data = begun.size === 0 ? '0x' : toHex(log.memory.slice(begun.at, end));
        this.entries.push([begun.address, begun.topics, data]);
      }
      if (op >= 0xa0 && op <= 0xa4) {
        var topics = [];
        for (var i = 0; i < op - 0xa0; i++) topics.push(log.stack.peek(2 + i).toString(16));
        this.begun = {
          address: toHex(log.contract.getAddress()), topics: topics,
          at: Number(log.stack.peek(0)), size: Number(log.stack.peek(1)),
        };
      }
    },
    fault: function () { this.begun = null; },
    enter: function () { this.entries.push('('); },
    exit: function () { this.begun = null; this.entries.push(')'); },
    result: function () { return { entries: this.entries, isCut: this.isCut }; }
  }`,
};

/** A call, and what the calls around it and itself make of what it writes. */
interface Met {
  call: TracedCall;
  isUndone: boolean;
  /** It can write nothing. */
  isStatic: boolean;
}

/** Whether something failed that may have written events: of those nodes tell some or none. */
export function mayMissLogs(root: TracedCall): boolean {
  for (const { isUndone, isStatic } of met(root)) if (isUndone && !isStatic) return true;
  return false;
}

/**
 * The same calls with all events of those that failed or that are inside of one that did. null: what
 * was found doesn't fit the calls and the events that remained.
 */
export function withUndoneLogs(root: TracedCall, found: TracedEntries): TracedCall | null {
  const calls = [...met(root)];
  const logs = logsOfCalls(found);
  const fits = ({ call, isUndone }: Met, i: number) =>
    isUndone || logs[i]?.length === (call.logs?.length ?? 0);
  if (calls.length !== logs.length || !calls.every(fits)) return null;
  const copies = new Map<TracedCall, TracedCall>();
  // The innermost first: a copy holds copies.
  for (const [i, { call, isUndone }] of [...calls.entries()].reverse()) {
    const inner = call.calls?.map((one) => copies.get(one) ?? one);
    copies.set(call, {
      ...call,
      ...(inner && { calls: inner }),
      ...(isUndone && { logs: logs[i] ?? [] }),
    });
  }
  return copies.get(root) ?? null;
}

/** By the index of the call, in the order in which they began. */
function logsOfCalls({ entries }: TracedEntries): TracedLog[][] {
  const open: { logs: TracedLog[]; calls: number }[] = [{ logs: [], calls: 0 }];
  const all = open.map(({ logs }) => logs);
  for (const entry of entries) {
    const within = open.at(-1);
    if (!within) return [];
    if (entry === '(') {
      within.calls++;
      const begun = { logs: [], calls: 0 };
      open.push(begun);
      all.push(begun.logs);
    } else if (entry === ')') open.pop();
    else {
      const [at, topics, written] = entry;
      within.logs.push({
        ...{ address: at, topics: topics.map(word), data: written, position: within.calls },
      });
    }
  }
  return all;
}

const word = (hex: string): string => `0x${hex.replace(/^0x/, '').padStart(64, '0')}`;

function* met(root: TracedCall): Generator<Met> {
  const open: { call: TracedCall; around: Met | null }[] = [{ call: root, around: null }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { call, around } = next;
    const found: Met = {
      call,
      isUndone: call.error !== undefined || (around?.isUndone ?? false),
      isStatic: call.type === 'STATICCALL' || (around?.isStatic ?? false),
    };
    yield found;
    const calls = call.calls ?? [];
    for (let i = calls.length - 1; i >= 0; i--) {
      open.push({ call: calls[i] as TracedCall, around: found });
    }
  }
}
