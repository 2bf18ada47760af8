import { type Abi, getAddress, toFunctionSelector } from 'viem';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { functionsOf } from '../../eth/inside/choose-function.ts';
import type { ProxyAt } from '../../eth/inside/proxy.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { checkCode } from './code-check.ts';
import type { Finding, UpgradeReport } from './contract.ts';
import { checkFunctions } from './function-check.ts';
import type { NewCode } from './new-code.ts';
import { replayThrough } from './replay-check.ts';
import { checkAdmin, checkInitializer } from './state-check.ts';
import { checkStorage, type StoredOf } from './storage-check.ts';
import { verdictOf, worstFirst } from './verdict.ts';

/** A proxy, and whose builds are looked at first. */
export interface OpenProxy {
  from: ReadNetwork;
  address: string;
  project: { id: number; name: string } | null;
}

export interface UpgradeCheckDependencies {
  byRuntime: (code: string, preferred: { project?: number }) => { id: number; name: string } | null;
  abi: (artifact: number) => Abi;
  /** Resolves when what compilers have left by now is known. */
  fresh: (project?: number) => Promise<void>;
  storedOf: (artifact: number) => Promise<StoredOf>;
  /** The newest transactions of an address that were recorded, and how many of those asked for were not. */
  recordedOf: (
    from: ReadNetwork,
    address: string,
    most: number,
  ) => Promise<{ found: RecordedTransaction[]; missing: number }>;
}

export interface Replacement {
  /** Called when what compilers have left is known. */
  code: () => Promise<NewCode>;
  /** Recorded calls that run through it. */
  replay: number;
  /** What is called through the proxy in the same transaction, hex. */
  afterwards?: string;
}

const UNKNOWN: StoredOf = {
  problem: 'No compiled contract has the code that runs behind the proxy now.',
};
const UNKNOWN_NEW: StoredOf = { problem: 'No compiled contract has the new code.' };
/** One check of one proxy. */
export class UpgradeCheck {
  readonly #deps: UpgradeCheckDependencies;
  readonly #proxy: OpenProxy;
  readonly #found: ProxyAt;

  /** @param found what the proxy is: none whose facets are replaced one by one */
  constructor(deps: UpgradeCheckDependencies, proxy: OpenProxy, found: ProxyAt) {
    this.#deps = deps;
    this.#proxy = proxy;
    this.#found = found;
  }

  /** Rejects as finding the new code does. */
  async run({ code: newCode, replay, afterwards }: Replacement): Promise<UpgradeReport> {
    const { from, address, project } = this.#proxy;
    const found = this.#found;
    const implementation = found.implementations[0] ?? '';
    const { byRuntime, fresh } = this.#deps;
    await fresh(project?.id);
    const [code, own] = await Promise.all(
      [implementation, address].map((at) => from.call<string>('eth_getCode', [at, 'latest'])),
    );
    const preferred = { project: project?.id };
    const now = byRuntime(code ?? '0x', preferred);
    const ownArtifact = byRuntime(own ?? '0x', preferred);
    const next = await newCode();
    const before = {
      abi: this.#abi(now),
      stored: now ? await this.#deps.storedOf(now.id) : UNKNOWN,
    };
    const after = {
      abi: next.abi ?? [],
      stored: next.artifact === null ? UNKNOWN_NEW : await this.#deps.storedOf(next.artifact),
    };
    const { call } = from;
    const admin = await checkAdmin(call, { ...found, address }, next.abi);
    const replayed = await this.#replayed(implementation, next, replay);
    const findings = worstFirst([
      ...checkStorage(before.stored, after.stored),
      ...(next.abi
        ? checkFunctions({ before: before.abi, after: next.abi, proxy: this.#abi(ownArtifact) })
        : []),
      ...(await checkInitializer({
        ...{ call, proxy: address, before, after, afterwards },
        storedAt: next.storedAt,
      })),
      ...admin.findings,
      ...next.findings,
      ...checkCode(next),
      ...replayed.findings,
    ]);
    return {
      network: from.name,
      proxy: { address, kind: found.kind, admin: admin.admin },
      from: {
        ...{ name: now?.name ?? null, artifact: now?.id ?? null },
        address: getAddress(implementation),
      },
      to: { name: next.name, artifact: next.artifact, address: next.address },
      verdict: verdictOf(findings, !('problem' in before.stored || 'problem' in after.stored)),
      findings,
      replay: replayed.replay,
    };
  }

  async #replayed(
    implementation: string,
    next: NewCode,
    most: number,
  ): Promise<{ replay: UpgradeReport['replay']; findings: Finding[] }> {
    const nothing = { calls: 0, same: 0, different: [], missing: 0 };
    if (next.runtime === null || most === 0) return { replay: nothing, findings: [] };
    const { from, address } = this.#proxy;
    const { found, missing } = await this.#deps.recordedOf(from, address, most);
    const replay = await replayThrough({
      ...{ from, proxy: address, implementation, runtime: next.runtime, transactions: found },
      named: async (one) => this.#nameOf(next.abi ?? [], one),
    });
    const { calls, different } = replay;
    const findings: Finding[] =
      different.length === 0
        ? []
        : [
            {
              ...{ level: 'warning', topic: 'replay' },
              message: `${different.length} of ${calls} recorded calls would end otherwise.`,
              detail: different
                .map((one) => `${one.function ?? one.hash}: ${one.difference}`)
                .join('\n'),
            },
          ];
    return { replay: { ...replay, missing }, findings };
  }

  #nameOf(abi: Abi, { transaction }: RecordedTransaction): string | null {
    const selector = transaction.input.slice(0, 10);
    const item = functionsOf(abi).find((one) => toFunctionSelector(one) === selector);
    return item ? signatureOf(item) : null;
  }

  #abi(artifact: { id: number } | null): Abi {
    return artifact ? this.#deps.abi(artifact.id) : [];
  }
}
