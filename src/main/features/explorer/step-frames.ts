import {
  frameTracer,
  type Snapshot,
  type TracedFrames,
  tracedFrames,
  type WatchedFrame,
} from '../../eth/inside/frame-tracer.ts';
import {
  type FrameState,
  heightOf,
  isVisible,
  parameterValues,
  positionsInBody,
  positionsOf,
  valueAt,
} from '../../eth/inside/frame-values.ts';
import type { SourceFrame } from '../../eth/inside/running-code.ts';
import type { Declaration } from '../../eth/inside/source-outline.ts';
import type { LineStep } from '../../eth/inside/source-run.ts';
import {
  isEntered,
  isEntry,
  type StackedFunction,
  sourceStack,
} from '../../eth/inside/source-stack.ts';
import type { SourceText } from '../../eth/inside/source-text.ts';
import type {
  DeclaredFunction,
  DeclaredVariable,
  SourceStructs,
} from '../../eth/inside/source-types.ts';
import type { Place } from '../../eth/inside/sourced-code.ts';
import { RpcError } from '../../eth/rpc.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import type { CallNode, SourceValue } from '../../shared/decoded.ts';
import { textOf } from '../../shared/decoded-text.ts';
import type { RanAgain } from './source-runs.ts';
import type { SourceVariables } from './source-variables.ts';
import type { CompiledCode } from './sourced-codes.ts';
import { StoredNames } from './stored-names.ts';

/** The values of a function that runs. */
export interface FrameValues {
  arguments: SourceValue[];
  locals: SourceValue[];
  /** What of them is not told, and why. */
  problem: string | null;
}

/** A scripted tracer takes some 20 µs for each. */
const MOST_TRACED = 300_000;
const MOST_FRAMES = 24;

const VIA_IR =
  'Compiled by way of Yul, which keeps values wherever it likes: they are told where the call itself says them.';
const OPTIMISED =
  'Compiled with the optimizer, which reuses the places of values: arguments are those that it was called with, and locals are not told.';
const TOO_MANY = 'The transaction ran too many instructions for its values to be told.';
const NOT_UNDERSTOOD = 'The source of this function is not understood: its values are not told.';

/** A function with its variables, and what their types are. */
interface Declared {
  source: SourceText;
  found: DeclaredFunction;
  structs: SourceStructs;
}

/** Where values of a function that runs are looked for. */
interface Plan {
  stacked: StackedFunction;
  code: CompiledCode;
  isConstructor: boolean;
  /** The one of the frame, or the constructor of a base that runs in it. */
  function: Declared;
  /** That whose locals there may be: the function, or a modifier of it. null: not known. */
  around: Declared | null;
  /** Of the place where it is. */
  near: Declaration;
  /** Where it is; null: its next instruction decides. */
  place: Place | null;
  watched: WatchedFrame;
  positions: ReadonlyMap<DeclaredVariable, number[]>;
  /** Of a constructor, whose parameters lie below what its body does. */
  body: readonly number[];
}

/**
 * The values of the functions that run at a step, the innermost first. Nothing is told that isn't
 * sure: only code that isn't optimised keeps each variable in a place of its own.
 */
export async function frameValues(
  ran: RanAgain,
  step: LineStep,
  variables: SourceVariables,
): Promise<FrameValues[]> {
  const stack = sourceStack(step.frame, step.place);
  if (ran.run.instructions > MOST_TRACED) return stack.map((one) => asCalled(ran, one, TOO_MANY));
  const plans = await plansOf(ran, step, stack, variables);
  const watched = [...plans.values()].map((plan) => plan.watched);
  const snapshots = [...new Set(watched.map(({ at }) => at))].sort((a, b) => a - b);
  let traced: TracedFrames = { snapshots: {}, frames: [], hashed: [] };
  if (watched.length > 0) {
    try {
      const needsNames = [...plans.values()].some(hasStored);
      const said = await ran.traced<unknown>(frameTracer(snapshots, watched, needsNames));
      const read = tracedFrames.safeParse(said).data;
      if (!read) throw new RpcError('it runs no tracers', false);
      traced = read;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      const problem = `Its node does not tell the values: ${asSentence(error.message)}`;
      return stack.map((one) => asCalled(ran, one, problem));
    }
  }
  const names = new StoredNames(ran, variables, traced.hashed);
  const told: FrameValues[] = [];
  for (const stacked of stack) {
    const plan = plans.get(stacked);
    const index = plan ? watched.indexOf(plan.watched) : -1;
    const snapshot = plan && traced.snapshots[plan.watched.at];
    const frame = traced.frames[index];
    told.push(
      plan && snapshot && frame
        ? await valuesOf(ran, plan, snapshot, frame, names)
        : asCalled(ran, stacked, whyNot(ran, stacked)),
    );
  }
  return told;
}

const hasStored = ({ function: { found } }: Plan): boolean =>
  [...found.parameters, ...found.locals].some(({ location }) => location === 'storage');

/** Whether it is the function that a call of a contract runs. */
const isCalledItself = ({ frame }: StackedFunction): boolean => isEntry(frame) || isEntered(frame);

/** With nothing but what the call of the contract was given. */
function asCalled(ran: RanAgain, stacked: StackedFunction, problem: string | null): FrameValues {
  return { arguments: givenTo(ran, stacked), locals: [], problem };
}

function givenTo({ calls }: RanAgain, stacked: StackedFunction): SourceValue[] {
  const call = calls[stacked.call];
  if (!call || !isCalledItself(stacked) || !isOwnConstructor(call, stacked)) return [];
  return call.arguments.map((one) => ({
    ...{ name: one.name, type: one.type, value: textOf(one), line: null },
  }));
}

/** The constructors of bases run within the same call, with arguments of their own. */
const isOwnConstructor = (call: CallNode, { declaration }: StackedFunction): boolean =>
  declaration.name !== 'constructor' || declaration.contract === call.contract;

function whyNot({ codeOf }: RanAgain, stacked: StackedFunction): string | null {
  const code = codeOf(stacked.call);
  if (!code) return null;
  if (code.code.viaIr) return VIA_IR;
  return code.isPlain ? (isCalledItself(stacked) ? null : NOT_UNDERSTOOD) : OPTIMISED;
}

async function plansOf(
  ran: RanAgain,
  step: LineStep,
  stack: readonly StackedFunction[],
  variables: SourceVariables,
): Promise<Map<StackedFunction, Plan>> {
  const plans = new Map<StackedFunction, Plan>();
  let at: number | null = step.first;
  for (const [i, stacked] of stack.slice(0, MOST_FRAMES).entries()) {
    const inner = stack[i - 1];
    if (inner && inner.call !== stacked.call) at = calledAt(ran, inner.frame, stacked.call);
    if (at === null) break;
    const place = inner ? stacked.place : null;
    const plan = await planOf(ran, stacked, { at, place }, variables, stacked.place);
    if (plan) plans.set(stacked, plan);
  }
  return plans;
}

/** The instruction with which a call of a contract was made that led to a frame. */
function calledAt({ run }: RanAgain, frame: SourceFrame, by: number): number | null {
  let at = frame;
  while (at.caller && at.caller.call !== by) at = at.caller;
  const begin = at.caller ? run.beginningOf(at) : null;
  return begin === null || begin === 0 ? null : begin - 1;
}

async function planOf(
  ran: RanAgain,
  stacked: StackedFunction,
  { at, place }: { at: number; place: Place | null },
  variables: SourceVariables,
  near: Place | null,
): Promise<Plan | null> {
  const code = ran.codeOf(stacked.call);
  const begin = ran.run.beginningOf(stacked.frame);
  if (!code || code.code.viaIr || begin === null || !near?.declaration) return null;
  const isConstructor =
    isEntry(stacked.frame) && code.isPlain && stacked.declaration.name === 'constructor';
  // The way into a function has no variables of its own.
  if (isEntry(stacked.frame) && !isConstructor) return null;
  const isInModifier = near.declaration.kind === 'modifier';
  const own = isConstructor && !isInModifier ? near.declaration : stacked.declaration;
  const within = async (declaration: Declaration) => {
    const source = ran.run.sources().find(({ declarations }) => declarations.includes(declaration));
    const read = source && (await variables.of(code.artifact, source.path));
    const found = read?.functions.find(({ start }) => start === declaration.start);
    return source && read && found ? { source, found, structs: read.structs } : null;
  };
  const declared = await within(own);
  if (!declared) return null;
  // One that is written twice at a function has its variables twice.
  const times = stacked.declaration.head.filter((word) => word === near.declaration?.name).length;
  const modifier = isInModifier && times === 1 ? await within(near.declaration) : null;
  const around = isInModifier ? modifier : declared;
  const watchable = code.isPlain
    ? [
        ...positionsOf(code.code, declared.source, declared.found.returns),
        ...(around ? positionsOf(code.code, around.source, around.found.locals) : []),
      ]
    : [];
  const isModified = own.head.some((word) => isModifierIn(code, word));
  const body =
    isConstructor && !isModified ? positionsInBody(code.code, declared.source, declared.found) : [];
  return {
    ...{ stacked, code, place, isConstructor, near: near.declaration, body },
    function: declared,
    around,
    positions: new Map(watchable),
    watched: {
      ...{ begin, at: code.isPlain ? at : begin },
      declared: [...new Set([...body, ...watchable.flatMap(([, positions]) => positions)])],
    },
  };
}

const isModifierIn = ({ code }: CompiledCode, name: string): boolean =>
  code.sources.some(({ declarations }) =>
    declarations.some((one) => one.kind === 'modifier' && one.name === name),
  );

async function valuesOf(
  ran: RanAgain,
  plan: Plan,
  snapshot: Snapshot,
  { height, heights }: TracedFrames['frames'][number],
  names: StoredNames,
): Promise<FrameValues> {
  const { stacked, code, function: own, around, positions } = plan;
  const call = ran.calls[stacked.call];
  const state = (structs: SourceStructs): FrameState => ({
    ...{ structs, snapshot },
    input: call && !call.type.startsWith('CREATE') ? call.input : null,
    storedAt: (slot, type) => names.at(stacked, slot, { type, structs, snapshot }),
  });
  const lowest = plan.isConstructor ? heightOf(plan.body, heights) : height;
  const isToldByCall = lowest === null || (!code.isPlain && isCalledItself(stacked));
  const given = isToldByCall
    ? givenTo(ran, stacked)
    : await parameterValues(own.found, lowest, state(own.structs));
  if (!code.isPlain) return { arguments: given, locals: [], problem: OPTIMISED };
  const locals: SourceValue[] = [];
  const add = async (one: DeclaredVariable, structs: SourceStructs) => {
    const place = heightOf(positions.get(one), heights);
    if (one.name !== '') locals.push(await valueAt(one, place, state(structs)));
  };
  for (const one of own.found.returns) await add(one, own.structs);
  const place = plan.place ?? code.code.placeAt(snapshot.pc);
  // What is first on the line may belong to another function, whose variables are others.
  if (around && place?.source === around.source && place.declaration === plan.near) {
    for (const one of around.found.locals) {
      if (isVisible(one, place)) await add(one, around.structs);
    }
  }
  return { arguments: given, locals, problem: null };
}
