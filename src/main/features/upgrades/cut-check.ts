import type { Abi, AbiFunction } from 'viem';
import { CUT_SELECTOR, type FacetCut } from '../../eth/diamond-cut.ts';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import type { ProxyAt } from '../../eth/inside/proxy.ts';
import { checkCode } from './code-check.ts';
import type { Finding, UpgradeReport } from './contract.ts';
import { bySelector, changedFunction, goneFunctions } from './function-check.ts';
import type { NewCode } from './new-code.ts';
import { checkShared, type Sharing } from './shared-storage.ts';
import { ownerOf } from './state-check.ts';
import type { StoredOf } from './storage-check.ts';
import type { OpenProxy, UpgradeCheckDependencies } from './upgrade-check.ts';
import { verdictOf, worstFirst } from './verdict.ts';

export interface Cut {
  cuts: readonly FacetCut[];
  /** What the diamond runs after it. */
  init: string | null;
  /** The code of a facet that the diamond doesn't have yet. */
  code: (facet: string) => Promise<NewCode>;
}

/** A contract that a diamond has, or is to have. */
interface Facet {
  address: string;
  name: string;
  artifact: number | null;
  functions: ReadonlyMap<string, AbiFunction>;
  stored: StoredOf;
}

/** Facets of a diamond with their storage; each may have to be compiled once more. */
const MOST_COMPARED = 60;

/** What a cut of a diamond would break: https://eips.ethereum.org/EIPS/eip-2535 */
export class CutCheck {
  readonly #deps: UpgradeCheckDependencies;
  readonly #proxy: OpenProxy;
  /** The facet of each function, by selector. */
  readonly #before: ReadonlyMap<string, string>;

  constructor(deps: UpgradeCheckDependencies, proxy: OpenProxy, at: ProxyAt) {
    this.#deps = deps;
    this.#proxy = proxy;
    this.#before = new Map(
      at.implementations.flatMap((facet, i) =>
        (at.selectors?.[i] ?? []).map((selector) => [selector.toLowerCase(), facet] as const),
      ),
    );
  }

  async run({ cuts, init, code }: Cut): Promise<UpgradeReport> {
    const { from, address, project } = this.#proxy;
    await this.#deps.fresh(project?.id);
    const after = afterCuts(this.#before, cuts);
    const standing = await Promise.all([...new Set(this.#before.values())].map(this.#standing));
    const known = new Set(standing.map((one) => one.address));
    const added = [...new Set(after.values())].filter((facet) => !known.has(facet));
    const codes = await Promise.all(added.map(code));
    const fresh = await Promise.all(codes.map((one, i) => this.#fresh(added[i] ?? '', one)));
    const facets = new Map([...standing, ...fresh].map((one) => [one.address, one]));
    const own = this.#artifactOf(await from.call<string>('eth_getCode', [address, 'latest']));
    const diamond = own ? this.#deps.abi(own.id) : [];
    const admin = await ownerOf(from.call, address);
    const storage = this.#storage(standing, fresh, new Set(after.values()));
    const findings = worstFirst([
      ...refusedCuts(this.#before, cuts),
      ...this.#functions(after, facets, diamond),
      ...storage.findings,
      ...codes.flatMap((one) => [...one.findings, ...checkCode(one)]),
      ...(init === null ? [] : [runsAfterwards(init)]),
    ]);
    const single = fresh.length === 1 ? fresh[0] : undefined;
    const names = fresh.map(({ name }) => name).join(', ');
    return {
      network: from.name,
      proxy: { address, kind: 'diamond', admin },
      from: { name: own?.name ?? null, artifact: own?.id ?? null, address },
      to: {
        name: names === '' ? 'other functions' : names,
        ...{ artifact: single?.artifact ?? null, address: codes[0]?.address ?? null },
      },
      verdict: verdictOf(findings, storage.isWhole),
      findings,
      replay: { calls: 0, same: 0, different: [], missing: 0 },
    };
  }

  readonly #standing = async (address: string): Promise<Facet> => {
    const code = await this.#proxy.from.call<string>('eth_getCode', [address, 'latest']);
    const found = this.#artifactOf(code);
    return this.#facet(address, found, found ? this.#deps.abi(found.id) : []);
  };

  #fresh(address: string, { name, artifact, abi }: NewCode): Promise<Facet> {
    const found = artifact === null ? null : { id: artifact, name: name ?? address };
    return this.#facet(address, found, abi ?? []);
  }

  async #facet(
    address: string,
    found: { id: number; name: string } | null,
    abi: Abi,
  ): Promise<Facet> {
    return {
      ...{ address, name: found?.name ?? address, artifact: found?.id ?? null },
      functions: bySelector(abi),
      stored: found
        ? await this.#deps.storedOf(found.id)
        : { problem: `No compiled contract has the code of the facet ${address}.` },
    };
  }

  #artifactOf(code: string): { id: number; name: string } | null {
    return this.#deps.byRuntime(code, { project: this.#proxy.project?.id });
  }

  /** Functions that are gone, lead to something else, or can't be reached. */
  #functions(
    after: ReadonlyMap<string, string>,
    facets: ReadonlyMap<string, Facet>,
    diamond: Abi,
  ): Finding[] {
    const findings: Finding[] = [];
    const lost: string[] = [];
    const own = bySelector(diamond);
    for (const [selector, facet] of this.#before) {
      const item = facets.get(facet)?.functions.get(selector);
      const next = after.get(selector);
      if (next === undefined) lost.push(item ? signatureOf(item) : selector);
      const other = next === facet ? undefined : facets.get(next ?? '')?.functions.get(selector);
      if (item && other) findings.push(...changedFunction(selector, item, other));
    }
    for (const [selector, facet] of after) {
      if (this.#before.get(selector) === facet) continue;
      const to = facets.get(facet);
      if (!to || to.functions.size === 0) continue;
      const item = to.functions.get(selector);
      const hiding = own.get(selector);
      if (!item) {
        findings.push(
          functions('error', `${selector} leads to ${to.name}, which has no such function.`),
        );
      } else if (hiding) {
        findings.push(
          functions(
            'error',
            `${signatureOf(item)} can't be reached: the diamond answers ${selector} itself, as ${signatureOf(hiding)}.`,
          ),
        );
      }
    }
    if (this.#before.has(CUT_SELECTOR) && !after.has(CUT_SELECTOR)) {
      findings.push({
        ...{ level: 'error', topic: 'admin', detail: null },
        message: 'The diamond would have no diamondCut any more: it could never be changed again.',
      });
    }
    return [...findings, ...goneFunctions(lost)];
  }

  /** New facets against all that have run on the storage of the diamond. */
  #storage(
    standing: readonly Facet[],
    fresh: readonly Facet[],
    staying: ReadonlySet<string>,
  ): { findings: Finding[]; isWhole: boolean } {
    if (fresh.length === 0) return { findings: [], isWhole: true };
    const findings: Finding[] = [];
    const compared = standing.slice(0, MOST_COMPARED);
    let isWhole = compared.length === standing.length;
    for (const one of [...fresh, ...compared]) {
      if (!('problem' in one.stored)) continue;
      isWhole = false;
      const message = `The storage of ${one.name} was not compared. ${one.stored.problem}`;
      findings.push({ level: 'warning', topic: 'storage', message, detail: null });
    }
    for (const [i, next] of fresh.entries()) {
      const others = [...compared, ...fresh.slice(0, i)];
      for (const other of others) {
        const [before, after] = [sharing(other), sharing(next)];
        if (!before || !after) continue;
        const succeeds = !staying.has(other.address);
        findings.push(...checkShared(before, after, succeeds));
      }
    }
    findings.push({
      ...{ level: 'note', topic: 'storage', detail: null },
      message:
        'Structs at places that the code computes by itself are compared only where @custom:storage-location names them.',
    });
    return { findings, isWhole };
  }
}

function sharing({ name, stored }: Facet): Sharing | null {
  return 'problem' in stored ? null : { name, stored };
}

/** The facet of each function once the cuts are made, by selector. */
function afterCuts(
  before: ReadonlyMap<string, string>,
  cuts: readonly FacetCut[],
): Map<string, string> {
  const after = new Map(before);
  for (const { action, facet, selectors } of cuts) {
    for (const selector of selectors.map((one) => one.toLowerCase())) {
      if (action === 'remove') after.delete(selector);
      else after.set(selector, facet);
    }
  }
  return after;
}

/** What a diamond that keeps to its standard does not take. */
function refusedCuts(before: ReadonlyMap<string, string>, cuts: readonly FacetCut[]): Finding[] {
  const now = new Set(before.keys());
  const findings: Finding[] = [];
  for (const { action, selectors } of cuts) {
    for (const selector of selectors.map((one) => one.toLowerCase())) {
      if (action === 'add' && now.has(selector)) {
        findings.push(
          functions(
            'error',
            `${selector} is to be added, and leads to a facet already: replace it.`,
          ),
        );
      } else if (action !== 'add' && !now.has(selector)) {
        findings.push(
          functions(
            'error',
            `${selector} is to be ${action === 'remove' ? 'removed' : 'replaced'}, and is no function of the diamond.`,
          ),
        );
      }
      if (action === 'remove') now.delete(selector);
      else now.add(selector);
    }
  }
  return findings;
}

const functions = (level: Finding['level'], message: string): Finding => ({
  ...{ level, topic: 'functions', message, detail: null },
});

const runsAfterwards = (init: string): Finding => ({
  ...{ level: 'note', topic: 'initializer', detail: null },
  message: `After it, code of ${init} runs once on the storage of the diamond.`,
});
