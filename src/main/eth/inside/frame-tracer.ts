import { z } from 'zod';
import { ADDRESS } from '../../shared/hex.ts';
import { MOST_HASHED } from './storage-keys.ts';

/** A function that runs, as the tracer watches it. Positions are among all instructions. */
export interface WatchedFrame {
  /** Its first instruction. */
  begin: number;
  /** Where its values are read; one of the snapshots. */
  at: number;
  /** Positions in its code at which a variable gets its place on the stack. */
  declared: readonly number[];
}

/** What there is before an instruction. Words are hex, without 0x. */
export interface Snapshot {
  /** Position in the code. */
  pc: number;
  /** The top first. */
  stack: readonly string[];
  /** Hex; not all of a very large one. */
  memory: string;
  /** Whose storage the code works on. */
  address: string;
  /** What the transaction has written there until then, without what was undone; by slot, hex without 0x. */
  written: Readonly<Record<string, string>>;
}

export interface TracedFrames {
  /** By position. */
  snapshots: Readonly<Record<string, Snapshot | undefined>>;
  /** Of each frame: how high the stack was as it began, and, by position in the code, as a variable got its place. */
  frames: readonly { height: number; heights: Readonly<Record<string, number | undefined>> }[];
  /** What was hashed until the last snapshot, hex. */
  hashed: readonly string[];
}

const number = z.string().regex(/^(?:0x)?[\da-f]{1,64}$/i);
const bytes = z.string().regex(/^0x(?:[\da-f]{2})*$/i);

/** `TracedFrames`, of a node that may be anybody's. */
export const tracedFrames = z.object({
  snapshots: z.record(
    z.string(),
    z.object({
      ...{ pc: z.int(), stack: z.array(number), memory: bytes },
      ...{
        address: z.string().regex(new RegExp(`^${ADDRESS}$`)),
        written: z.record(number, number),
      },
    }),
  ),
  frames: z.array(z.object({ height: z.int(), heights: z.record(z.string(), z.int()) })),
  hashed: z.array(bytes),
}) satisfies z.ZodType<TracedFrames>;

/** Bytes. */
const MOST_MEMORY = 128 * 1024;
const MOST_WRITES = 20_000;

/**
 * A scripted tracer that returns `TracedFrames`. A function that calls itself has its variables below
 * those of the inner ones, so that the lowest place is its own.
 *
 * @param snapshots positions of instructions, ascending
 * @param withStorage whether to note what was hashed and written
 */
export const frameTracer = (
  snapshots: readonly number[],
  frames: readonly WatchedFrame[],
  withStorage: boolean,
) => ({
  tracer: `{
    wanted: ${JSON.stringify(Object.fromEntries(snapshots.map((at) => [at, true])))},
    last: ${snapshots.at(-1) ?? -1},
    frames: ${JSON.stringify(frames.map(({ begin, at }) => ({ begin, at, depth: -1, height: 0, heights: {} })))},
    begins: ${JSON.stringify(positionsIn(frames.map(({ begin }) => [begin])))},
    declared: ${JSON.stringify(positionsIn(frames.map(({ declared }) => declared)))},
    withStorage: ${withStorage},
    at: -1, snapshots: {}, hashed: [], known: {},
    depth: 1, before: [], undo: [], written: {},
    step: function (log) {
      var at = ++this.at;
      if (at > this.last) return;
      var i, frame;
      var begun = this.begins[at];
      if (begun) for (i = 0; i < begun.length; i++) {
        frame = this.frames[begun[i]];
        frame.depth = log.getDepth();
        frame.height = log.stack.length();
      }
      var pc = log.getPC();
      var of = this.declared[pc];
      if (of) for (i = 0; i < of.length; i++) {
        frame = this.frames[of[i]];
        if (at < frame.begin || at > frame.at || log.getDepth() !== frame.depth) continue;
        var height = log.stack.length();
        if (frame.heights[pc] === undefined || height < frame.heights[pc]) frame.heights[pc] = height;
      }
      var op = this.withStorage ? log.op.toNumber() : 0;
      if (this.withStorage) {
        var depth = log.getDepth();
        while (depth > this.depth) { this.before.push(this.undo.length); this.depth++; }
        while (depth < this.depth) {
          var until = this.before.pop();
          // Behind a call its outcome is on top.
          if (log.stack.length() > 0 && log.stack.peek(0).toString(16) === '0') {
            while (this.undo.length > until) {
              var last = this.undo.pop();
              if (last[2] === undefined) delete this.written[last[0]][last[1]];
              else this.written[last[0]][last[1]] = last[2];
            }
          }
          this.depth--;
        }
      }
      if (op === 0x55 && this.undo.length < ${MOST_WRITES}) {
        var owner = toHex(log.contract.getAddress());
        var slot = log.stack.peek(0).toString(16);
        if (!this.written[owner]) this.written[owner] = {};
        this.undo.push([owner, slot, this.written[owner][slot]]);
        this.written[owner][slot] = log.stack.peek(1).toString(16);
      }
      if (op === 0x20) {
        var size = Number(log.stack.peek(1));
        var from = Number(log.stack.peek(0));
        if (size >= 32 && size <= ${MOST_HASHED} && from + size <= log.memory.length()) {
          var input = toHex(log.memory.slice(from, from + size));
          if (!this.known[input]) { this.known[input] = true; this.hashed.push(input); }
        }
      }
      if (!this.wanted[at]) return;
      var words = [];
      for (i = 0; i < log.stack.length(); i++) words.push(log.stack.peek(i).toString(16));
      var length = Math.min(log.memory.length(), ${MOST_MEMORY});
      var memory = length === 0 ? '0x' : toHex(log.memory.slice(0, length));
      var address = toHex(log.contract.getAddress());
      var written = {};
      for (var key in this.written[address]) written[key] = this.written[address][key];
      this.snapshots[at] = { pc: pc, stack: words, memory: memory, address: address, written: written };
    },
    fault: function () {},
    result: function () {
      return { snapshots: this.snapshots, frames: this.frames, hashed: this.hashed };
    }
  }`,
});

/** By position the indexes of the lists that have it. */
function positionsIn(lists: readonly (readonly number[])[]): Record<number, number[]> {
  const found: Record<number, number[]> = {};
  for (const [i, list] of lists.entries()) {
    for (const position of list) {
      found[position] ??= [];
      found[position].push(i);
    }
  }
  return found;
}
