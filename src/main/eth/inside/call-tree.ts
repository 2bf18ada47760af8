import { type Abi, getAddress } from 'viem';
import { ARGUMENTS_DO_NOT_FIT, type CallNode, type LogNode } from '../../shared/decoded.ts';
import { abiIndex, typesOf } from './abi-index.ts';
import { codesOfCalls } from './created-codes.ts';
import { decodeCall, decodeConstructor, decodeResult } from './decode-call.ts';
import { decodeError } from './decode-error.ts';
import { decodeEvent, type Log } from './decode-event.ts';
import type { KnownContract, Names } from './names.ts';
import { type Implementations, implementationsBy, passedOnTo, ranAtLog } from './passed-on.ts';
import { precompileAt } from './precompile.ts';
import { Slices } from './slices.ts';
import { tracedLogs } from './traced-logs.ts';

/**
 * A call as nodes trace it with `debug_traceTransaction`, `callTracer` and `withLog`:
 * https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#call-tracer
 */
export interface TracedCall {
  type: string;
  from: string;
  /** Absent from a creation that failed. */
  to?: string;
  input?: string;
  output?: string;
  value?: string;
  gas?: string;
  gasUsed?: string;
  error?: string;
  logs?: readonly TracedLog[];
  calls?: readonly TracedCall[];
}

interface TracedLog extends Partial<Log> {
  /** How many calls of the same frame came before it. */
  position?: string | number;
}

/** A contract by the code that creates it. */
export interface CreatedContract {
  name: string;
  abi: Abi;
  /** Name of the project that has compiled it. */
  project: string | null;
  /** Hex digits without 0x; null: it is not known which part of the code they are. */
  constructorArguments: string | null;
}

export interface TreeNames extends Names {
  /**
   * @param code hex, with the arguments of the constructor at its end
   * @param at what was created, if it is known
   */
  createdBy(code: string, at?: string): Promise<CreatedContract | null>;
}

/** What stands at an address, and behind it. */
interface Place {
  address: string;
  /** As in `Names.contractAt`, as `code` is. */
  ran?: readonly string[];
  code?: string;
}

interface Frame {
  traced: TracedCall;
  node: CallNode;
  /** Of the code that runs. */
  abi: Abi | null;
}

/**
 * The tree of a transaction's calls with names and values. Works through any depth and any number
 * of calls, and lets others work in between.
 */
export async function callTree(traced: TracedCall, names: TreeNames): Promise<CallNode> {
  const reading = new Reading(names, traced);
  await reading.meet(traced);
  const frames = await reading.frames(traced);
  await reading.nameErrors(frames);
  const { node } = frames[0] as Frame;
  for (const { node: call } of frames) call.selfGas = selfGas(call);
  markFailing(node);
  return node;
}

/** Every call of a tree: each one before those that it makes, in the order in which they ran. */
export function* callsOf(root: CallNode): Generator<CallNode> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    for (let i = node.calls.length - 1; i >= 0; i--) open.push(node.calls[i] as CallNode);
  }
}

/** Addresses that a node is asked about together. */
const AT_ONCE = 20;

class Reading {
  readonly #names: TreeNames;
  readonly #implementations: Implementations;
  readonly #codes: ReadonlyMap<TracedCall, string>;
  readonly #slices = new Slices();
  /** What this transaction created: of one that failed the chain knows nothing. */
  readonly #created = new Map<string, KnownContract>();
  readonly #known = new Map<string, Promise<KnownContract | null>>();

  constructor(names: TreeNames, root: TracedCall) {
    this.#names = names;
    this.#implementations = implementationsBy(root, [...tracedLogs(root)]);
    this.#codes = codesOfCalls(root);
  }

  /** Looks up the contracts at all addresses, in batches that a node can handle in one request. */
  async meet(root: TracedCall): Promise<void> {
    const places = new Map<string, Place>();
    const open = [root];
    for (let call = open.pop(); call; call = open.pop()) {
      const logged = (call.logs ?? []).map((log) => this.#placeOfLog(log, call));
      for (const place of [this.#placeOf(call), ...logged]) {
        if (place) places.set(keyOf(place), place);
      }
      // In their order: what is met first lends its name to an address that has several.
      const inner = call.calls ?? [];
      for (let i = inner.length - 1; i >= 0; i--) open.push(inner[i] as TracedCall);
      if (this.#slices.isOver()) await this.#slices.next();
    }
    const all = [...places.values()];
    for (let i = 0; i < all.length; i += AT_ONCE) {
      await Promise.all(all.slice(i, i + AT_ONCE).map((place) => this.#contractAt(place)));
    }
  }

  /** In the order in which they ran, without their errors. */
  async frames(root: TracedCall): Promise<Frame[]> {
    const frames: Frame[] = [];
    const open: { traced: TracedCall; parent: CallNode | null }[] = [
      { traced: root, parent: null },
    ];
    for (let next = open.pop(); next; next = open.pop()) {
      const { traced, parent } = next;
      const frame = await this.#frame(traced, parent);
      frames.push(frame);
      parent?.calls.push(frame.node);
      const calls = traced.calls ?? [];
      for (let i = calls.length - 1; i >= 0; i--) {
        open.push({ traced: calls[i] as TracedCall, parent: frame.node });
      }
      if (this.#slices.isOver()) await this.#slices.next();
    }
    return frames;
  }

  /** The innermost first: an error that is passed on is of the contract that it comes from. */
  async nameErrors(frames: readonly Frame[]): Promise<void> {
    for (const { traced, node, abi } of frames.toReversed()) {
      if (traced.error !== undefined) {
        const passedOn = node.calls.findLast(
          ({ error, output }) => error?.name && output === node.output,
        );
        node.error = passedOn?.error ?? decodeError(node.output, abi, this.#names, traced.error);
      }
      if (this.#slices.isOver()) await this.#slices.next();
    }
  }

  async #frame(traced: TracedCall, parent: CallNode | null): Promise<Frame> {
    const { type, input = '0x', output = '0x' } = traced;
    const to = checksummed(traced.to);
    const node: CallNode = {
      ...{ type, from: checksummed(traced.from) ?? traced.from, to },
      ...{ contract: null, proxy: null, label: null },
      ...{ function: null, arguments: [], argumentsProblem: null, result: null, error: null },
      ...{ value: decimal(traced.value), gas: decimal(traced.gas) },
      ...{ gasUsed: decimal(traced.gasUsed), selfGas: '0', input, output },
      undone: traced.error !== undefined || (parent?.undone ?? false),
      ...{ failing: false, logs: [], calls: [] },
    };
    const abi = /^CREATE/.test(type)
      ? await this.#nameCreation(node, traced)
      : await this.#nameCall(node, traced);
    for (const log of traced.logs ?? []) {
      node.logs.push(await this.#log(log, traced, abi));
    }
    return { traced, node, abi };
  }

  async #nameCreation(node: CallNode, traced: TracedCall): Promise<Abi | null> {
    const created = await this.#names.createdBy(node.input, node.to ?? undefined);
    const place = this.#placeOf(traced);
    const known = place && (await this.#contractAt(place));
    const abi = created?.abi ?? known?.abi ?? null;
    node.contract = created?.name ?? known?.name ?? null;
    if (node.to !== null) node.label = known?.label ?? this.#names.labelAt(node.to);
    const inputs = abi && (abiIndex(abi).creation?.inputs ?? []);
    node.function = inputs && `constructor${typesOf(inputs)}`;
    if (created?.constructorArguments) {
      const values = decodeConstructor(created.abi, created.constructorArguments);
      node.arguments = values ?? [];
      node.argumentsProblem = values ? null : ARGUMENTS_DO_NOT_FIT;
    }
    if (created && node.to !== null) {
      const { name, abi: own, project } = created;
      const made = { name, abi: own, project, label: null, proxy: null, artifact: null };
      this.#created.set(node.to, made);
    }
    return abi;
  }

  async #nameCall(node: CallNode, traced: TracedCall): Promise<Abi | null> {
    const place = this.#placeOf(traced);
    if (node.to === null || place === null) return null;
    const known = await this.#contractAt(place);
    node.contract = known?.name ?? null;
    node.label = known?.label ?? this.#names.labelAt(node.to);
    node.proxy = known?.proxy ? (known.proxy.name ?? known.proxy.kind) : null;
    const precompile = known ? null : precompileAt(node.to);
    if (precompile) {
      node.contract = 'precompile';
      node.function = precompile;
      return null;
    }
    const abi = known?.abi ?? null;
    const call = node.type === 'SELFDESTRUCT' ? null : decodeCall(node.input, abi, this.#names);
    if (call) {
      node.function = call.function;
      node.arguments = call.arguments;
      node.argumentsProblem = call.argumentsProblem;
      if (call.item && traced.error === undefined)
        node.result = decodeResult(call.item, node.output);
    }
    return abi;
  }

  /** @param abi of the code that wrote it, which behind a proxy isn't at the address */
  async #log(log: TracedLog, writer: TracedCall, abi: Abi | null): Promise<LogNode> {
    const place = this.#placeOfLog(log, writer);
    const { address } = place;
    const { topics = [], data = '0x' } = log;
    const known = await this.#contractAt(place);
    const own = abi && decodeEvent({ topics, data }, abi);
    return {
      ...{ address, topics, data },
      event: own ?? decodeEvent({ topics, data }, known?.abi ?? null, this.#names),
      contract: known?.name ?? null,
      label: known?.label ?? this.#names.labelAt(address),
      position: Number(log.position ?? 0),
    };
  }

  #placeOfLog({ address }: TracedLog, writer: TracedCall): Place {
    const at = checksummed(address) ?? '';
    const ran = ranAtLog(writer, at, this.#implementations);
    return { address: at, ...(ran && { ran }), ...this.#codeAt(at, writer) };
  }

  #placeOf(call: TracedCall): Place | null {
    const address = checksummed(call.to);
    if (address === null) return null;
    if (call.type.startsWith('CREATE')) return { address, ...this.#codeAt(address, call) };
    const passed = passedOnTo(call);
    return { address, ran: passed === null ? [] : [passed], ...this.#codeAt(address, call) };
  }

  #codeAt(address: string, call: TracedCall): Pick<Place, 'code'> {
    const code = address === checksummed(call.to) ? this.#codes.get(call) : undefined;
    return code === undefined ? {} : { code };
  }

  async #contractAt(place: Place): Promise<KnownContract | null> {
    const { address, ran, code } = place;
    const key = keyOf(place);
    const asked = this.#known.get(key) ?? this.#names.contractAt(address, ran, code);
    this.#known.set(key, asked);
    return (await asked) ?? this.#created.get(address) ?? null;
  }
}

const keyOf = ({ address, ran, code }: Place): string =>
  [address, ...(ran ? ['ran', ...ran] : []), ...(code ? ['code', code] : [])].join(' ');

/** Nodes round the gas of what fails: never below none. */
function selfGas({ gasUsed, calls }: CallNode): string {
  const own = calls.reduce((left, call) => left - BigInt(call.gasUsed), BigInt(gasUsed));
  return own < 0n ? '0' : own.toString();
}

/**
 * Follows an error to where it comes from: into the last failed call whose output it passes on or
 * contains, else into a failed call that was the last one (`require(ok)`).
 */
function markFailing(root: CallNode): void {
  let at: CallNode | undefined = root.error ? root : undefined;
  while (at) {
    const { output, calls }: CallNode = at;
    at.failing = true;
    const last = calls.at(-1);
    at =
      calls.findLast(
        (call) => call.error && call.output.length > 2 && output.includes(call.output.slice(2)),
      ) ?? (last?.error ? last : undefined);
  }
}

const checksummed = (address: string | undefined): string | null => {
  try {
    return address === undefined ? null : getAddress(address);
  } catch {
    return address ?? null;
  }
};

const decimal = (quantity: string | undefined): string => BigInt(quantity || 0).toString();
