import { getAddress } from 'viem';
import { implementationOf } from '../../eth/clone.ts';
import { abiIndex, typesOf } from '../../eth/inside/abi-index.ts';
import type { CreatedContract, TracedCall, TreeNames } from '../../eth/inside/call-tree.ts';
import { decodeCall } from '../../eth/inside/decode-call.ts';
import type { KnownContract } from '../../eth/inside/names.ts';
import { passedOnTo } from '../../eth/inside/passed-on.ts';
import { precompileAt } from '../../eth/inside/precompile.ts';
import { Slices } from '../../eth/inside/slices.ts';
import { isCreate2Factory } from '../../eth/inside/well-known-contract.ts';
import type { GasKey } from './contract.ts';
import type { CountedCall } from './tally.ts';

/** Hex digits of a selector, with 0x. */
const SELECTOR_DIGITS = 10;
const CREATION = /^CREATE2?$/;

const numberOf = (quantity: string | undefined): number => Number(BigInt(quantity || 0));

const isPrecompile = ({ to, type }: TracedCall): boolean =>
  to !== undefined && !CREATION.test(type) && precompileAt(to) !== null;

/** Tells the calls of transactions by contract and function. Works through any number of them. */
export class CountedCalls {
  readonly #names: TreeNames;
  readonly #standing: TreeNames;
  readonly #slices = new Slices();
  /** By address, what ran behind it, and selector: those keep their functions. */
  readonly #functions = new Map<string, string>();
  /** What the transaction at hand has created: of one that failed nothing is there. */
  readonly #created = new Map<string, CreatedContract>();
  #delegates: ReadonlyMap<string, string> = new Map();

  /** @param standing of what transactions have not met themselves */
  constructor(names: TreeNames, standing: TreeNames = names) {
    this.#names = names;
    this.#standing = standing;
  }

  /**
   * Those of one transaction. Transfers to accounts and built-in contracts are none.
   *
   * @param delegates whose code accounts run, by address in lower case
   */
  async *of(
    root: TracedCall,
    delegates: ReadonlyMap<string, string> = new Map(),
  ): AsyncGenerator<CountedCall> {
    this.#created.clear();
    this.#delegates = delegates;
    const open = [{ call: root, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { call, depth } = next;
      const inner = call.calls ?? [];
      for (let i = inner.length - 1; i >= 0; i--) {
        open.push({ call: inner[i] as TracedCall, depth: depth + 1 });
      }
      const key = await this.#keyOf(call);
      if (key) yield { ...key, ...measured(call, key.kind), depth };
      if (this.#slices.isOver()) await this.#slices.next();
    }
  }

  #keyOf(call: TracedCall): Promise<GasKey | null> | null {
    if (CREATION.test(call.type)) return this.#creation(call);
    if (call.type === 'SELFDESTRUCT' || call.to === undefined || isPrecompile(call)) return null;
    return this.#call(call, call.to.toLowerCase());
  }

  async #creation({ to, input = '0x', output = '0x' }: TracedCall): Promise<GasKey> {
    const cloned = implementationOf(output);
    if (cloned && to !== undefined) return this.#clone(to, cloned);
    const created = await this.#names.createdBy(input, to);
    const known = created || to === undefined ? null : await this.#names.contractAt(to);
    const name = created?.name ?? nameOf(known);
    if (created && to !== undefined) this.#created.set(to.toLowerCase(), created);
    const abi = created?.abi ?? known?.abi;
    const inputs = abi && (abiIndex(abi).creation?.inputs ?? []);
    return {
      ...{
        kind: 'creation',
        contract: name,
        project: created?.project ?? known?.project ?? null,
        address: name === null && to !== undefined ? getAddress(to) : null,
      },
      ...{ through: null, function: `constructor${inputs ? typesOf(inputs) : ''}` },
    };
  }

  /** It has no constructor, and what it runs is not met when it is created alone. */
  async #clone(to: string, implementation: string): Promise<GasKey> {
    const known =
      (await this.#names.contractAt(implementation)) ??
      (await this.#standing.contractAt(implementation));
    const name = nameOf(known);
    return {
      ...{ kind: 'creation', contract: name, project: known?.project ?? null },
      ...{ address: name === null ? getAddress(to) : null, through: 'clone' },
      function: 'constructor()',
    };
  }

  async #call(call: TracedCall, to: string): Promise<GasKey | null> {
    const { input = '0x', calls } = call;
    const ran = passedOnTo(call) ?? this.#delegates.get(to) ?? null;
    const known = await this.#names.contractAt(to, ran === null ? [] : [ran]);
    const created = this.#created.get(to) ?? null;
    // Value that was sent to an account.
    if (!known && created === null && input === '0x' && !calls?.length) return null;
    const proxy = known?.proxy ?? null;
    // What a proxy does not pass on, it does itself.
    const own = ran === null ? (proxy?.name ?? null) : null;
    const name = own ?? nameOf(known) ?? created?.name ?? null;
    return {
      ...{ kind: 'call', contract: name, address: name === null ? getAddress(to) : null },
      project: known?.project ?? created?.project ?? null,
      through: proxy && own === null ? (proxy.name ?? proxy.kind) : null,
      function: this.#functionOf(input, ran === null ? to : `${to} ${ran}`, known),
    };
  }

  #functionOf(input: string, at: string, known: KnownContract | null): string {
    if (isCreate2Factory(known?.name)) return 'create2';
    const selector = input.slice(0, SELECTOR_DIGITS);
    const key = `${at} ${selector}`;
    const name =
      this.#functions.get(key) ??
      decodeCall(input, known?.abi ?? null, this.#names)?.function ??
      selector;
    this.#functions.set(key, name);
    return name;
  }
}

/** null: it has none, and is called by its address. */
const nameOf = (known: KnownContract | null): string | null =>
  known === null || known.name.startsWith('0x') ? null : known.name;

function measured(call: TracedCall, kind: GasKey['kind']) {
  const gas = numberOf(call.gasUsed);
  const inner = (call.calls ?? []).filter((one) => !isPrecompile(one));
  const others = inner.reduce((sum, one) => sum + numberOf(one.gasUsed), 0);
  const failed = call.error !== undefined;
  return {
    ...{ failed, gas },
    // What is refunded at the end may be more than a transaction took itself.
    own: Math.max(0, gas - others),
    codeSize: kind === 'creation' && !failed ? ((call.output ?? '0x').length - 2) / 2 : null,
  };
}
