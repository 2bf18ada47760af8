import { LineGas } from './line-gas.ts';
import type { SourceFrame } from './running-code.ts';
import { Slices } from './slices.ts';
import { sourceStack } from './source-stack.ts';
import { type SourceStep, sourceSteps, type TracedRun } from './source-steps.ts';
import type { SourceText } from './source-text.ts';
import { isInFunction, isWholeFunction, type Place } from './sourced-code.ts';

/** A line of source that ran in one function, until another line or another function did. */
export interface LineStep {
  /** Position of its first instruction among all. */
  first: number;
  place: Place;
  frame: SourceFrame;
  /** Before its first instruction. */
  gas: number;
  /** How many functions are around the one that runs. */
  depth: number;
}

/** Where one gets from a step; null: nowhere. */
export interface Ways {
  /** Over what it calls. */
  next: number | null;
  /** The step before, over what that calls. */
  back: number | null;
  /** What it calls. */
  into: number | null;
  /** Behind the call of the function that runs. */
  out: number | null;
}

const NONE = -1;
/** After so many the clock is looked at. */
const LINES_AT_ONCE = 1000;

/**
 * All of a transaction in terms of its sources, line by line. Takes some 50 bytes for each line that
 * ran.
 */
export class SourceRun {
  /** How many instructions ran. */
  readonly instructions: number;
  /** By the call that failed. */
  readonly failures: ReadonlyMap<number, SourceStep>;
  /** By the call: how it began. */
  readonly begun: ReadonlyMap<number, SourceFrame>;
  /** What each line took, by its source. */
  readonly gas: ReturnType<LineGas['end']>;
  readonly #lines: Lines;
  readonly #ways: NearestLines;

  private constructor(
    lines: Lines,
    ways: NearestLines,
    ran: Pick<SourceRun, 'instructions' | 'failures' | 'begun' | 'gas'>,
  ) {
    this.instructions = ran.instructions;
    this.failures = ran.failures;
    this.begun = ran.begun;
    this.gas = ran.gas;
    this.#lines = lines;
    this.#ways = ways;
  }

  /** Lets others work in between. Rejects as the instructions do. */
  static async of(run: TracedRun): Promise<SourceRun> {
    const lines = new Lines();
    const failures = new Map<number, SourceStep>();
    const begun = new Map<number, SourceFrame>();
    const gas = new LineGas();
    let instructions = 0;
    for await (const step of sourceSteps(run)) {
      const { call } = step.frame;
      instructions = step.first + step.count;
      if (!begun.has(call)) begun.set(call, step.frame);
      lines.add(step);
      gas.add(step);
      if (step.failure) failures.set(call, step);
    }
    const depths = await depthsOf(lines);
    const ways = {
      depths,
      next: await nearest(depths, 1, (other, own) => other <= own),
      out: await nearest(depths, 1, (other, own) => other < own),
      back: await nearest(depths, -1, (other, own) => other <= own),
    };
    return new SourceRun(lines, ways, { instructions, failures, begun, gas: gas.end() });
  }

  get count(): number {
    return this.#lines.firsts.length;
  }

  step(index: number): LineStep | null {
    const lines = this.#lines;
    const place = lines.places[lines.placeOf[index] ?? NONE];
    const frame = lines.frames[lines.frameOf[index] ?? NONE];
    if (!place || !frame) return null;
    const [first = 0, gas = 0] = [lines.firsts[index], lines.gases[index]];
    return { first, place, frame, gas, depth: this.#ways.depths[index] ?? 0 };
  }

  ways(index: number): Ways {
    const { depths, next, back, out } = this.#ways;
    const [own = 0, following = 0] = [depths[index], depths[index + 1]];
    const known = (at: number | undefined) => (at === undefined || at === NONE ? null : at);
    return {
      next: known(next[index]),
      back: known(back[index]),
      into: index + 1 < this.count && following > own ? index + 1 : null,
      out: known(out[index]),
    };
  }

  /** The first step of a call, or else the last one before it. @param call position among all */
  firstOf(call: number): number {
    const { frames, frameOf } = this.#lines;
    const inside = frameOf.findIndex((frame) => frames[frame]?.call === call);
    if (inside !== NONE) return inside;
    const later = frameOf.findIndex((frame) => (frames[frame]?.call ?? 0) > call);
    return Math.max(0, (later === NONE ? this.count : later) - 1);
  }

  /** The last step of a call in its own code; null: it has none that is known. */
  lastOf(call: number): number | null {
    const { frames, frameOf } = this.#lines;
    const at = frameOf.findLastIndex((frame) => frames[frame]?.call === call);
    return at === NONE ? null : at;
  }

  /** The files of which lines ran. */
  sources(): SourceText[] {
    return [...new Set(this.#lines.places.map(({ source }) => source))];
  }

  /** Every function of which a line ran, with its first step, in the order in which they began. */
  *functions(): Generator<{ frame: SourceFrame; step: number }> {
    const { frames, frameOf } = this.#lines;
    let next = 0;
    for (const [step, frame] of frameOf.entries()) {
      // Frames are numbered as they come.
      if (frame !== next) continue;
      next++;
      yield { frame: frames[frame] as SourceFrame, step };
    }
  }

  /** Where a frame has begun: its first step, of whatever line. */
  beginningOf(frame: SourceFrame): number | null {
    return this.#lines.begins.get(frame) ?? null;
  }
}

/** Of each line how many functions are around it, and the nearest ones of those that matter to it. */
interface NearestLines {
  depths: Int32Array;
  next: Int32Array;
  out: Int32Array;
  back: Int32Array;
}

/** Lines that ran, one after the other. */
class Lines {
  readonly firsts: number[] = [];
  readonly gases: number[] = [];
  readonly placeOf: number[] = [];
  readonly frameOf: number[] = [];
  readonly places: Place[] = [];
  readonly frames: SourceFrame[] = [];
  /** Position of the first instruction of each frame. */
  readonly begins = new Map<SourceFrame, number>();
  readonly #placeIds = new Map<Place, number>();
  readonly #frameIds = new Map<SourceFrame, number>();
  readonly #lineOf = new Map<Place, number>();
  #last: { frame: SourceFrame; source: unknown; line: number } | null = null;

  add({ first, place, frame, isOnWay, gas, failure }: SourceStep): void {
    if (!this.begins.has(frame)) this.begins.set(frame, first);
    if (!place) return;
    // Going into and out of a function is no line of it.
    const isWay = isOnWay || isWholeFunction(place);
    const isLine = isInFunction(place) && (failure !== null || !isWay);
    if (!isLine) return;
    const line = this.#lineAt(place);
    const last = this.#last;
    const goesOn = last?.frame === frame && last.source === place.source && last.line === line;
    if (goesOn) {
      // What comes last of a statement is what it does.
      this.placeOf[this.placeOf.length - 1] = idIn(place, this.places, this.#placeIds);
      return;
    }
    this.#last = { frame, source: place.source, line };
    this.firsts.push(first);
    this.gases.push(gas);
    this.placeOf.push(idIn(place, this.places, this.#placeIds));
    this.frameOf.push(idIn(frame, this.frames, this.#frameIds));
  }

  #lineAt(place: Place): number {
    const known = this.#lineOf.get(place) ?? place.source.lineAndColumn(place.start).line;
    this.#lineOf.set(place, known);
    return known;
  }
}

function idIn<T>(one: T, all: T[], ids: Map<T, number>): number {
  const known = ids.get(one);
  if (known !== undefined) return known;
  ids.set(one, all.length);
  return all.push(one) - 1;
}

/** Functions around one, as a person sees them. */
function depthOf(): (frame: SourceFrame) => number {
  const known = new Map<SourceFrame, number>();
  return (frame) => {
    const depth = known.get(frame) ?? sourceStack(frame).length;
    known.set(frame, depth);
    return depth;
  };
}

/** Lets others work in between. */
async function depthsOf({ frames, frameOf }: Lines): Promise<Int32Array> {
  const slices = new Slices();
  const depth = depthOf();
  const depths = new Int32Array(frameOf.length);
  for (let i = 0; i < depths.length; i++) {
    const frame = frames[frameOf[i] ?? NONE];
    depths[i] = frame ? depth(frame) : 0;
    if (i % LINES_AT_ONCE === 0 && slices.isOver()) await slices.next();
  }
  return depths;
}

/**
 * Of each value the nearest other one in a direction for which `fits`; NONE: there is none. Lets
 * others work in between.
 */
async function nearest(
  values: Int32Array,
  direction: 1 | -1,
  fits: (other: number, own: number) => boolean,
): Promise<Int32Array> {
  const slices = new Slices();
  const found = new Int32Array(values.length).fill(NONE);
  const open: number[] = [];
  const from = direction === 1 ? values.length - 1 : 0;
  for (let i = from; i >= 0 && i < values.length; i -= direction) {
    const own = values[i] ?? 0;
    while (open.length > 0 && !fits(values[open.at(-1) as number] ?? 0, own)) open.pop();
    found[i] = open.at(-1) ?? NONE;
    open.push(i);
    if (i % LINES_AT_ONCE === 0 && slices.isOver()) await slices.next();
  }
  return found;
}
