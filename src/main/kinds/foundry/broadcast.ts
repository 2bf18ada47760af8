import path from 'node:path';
import { CodeIndex } from '../../eth/code-index.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { filesToRun, type ProjectFiles, RefusedFile } from '../../lib/project-files.ts';
import type { ProjectWriter } from '../../lib/project-writer.ts';
import { AppError } from '../../shared/errors.ts';
import type { Contract, ContractsResult, Transaction } from '../../shared/result.ts';
import type { PlannedCall } from '../../targets/chain/upgrades.ts';
import {
  callsOf,
  createdBy,
  parseMultiRpcs,
  parseMultiSequence,
  parseRpc,
  parseSequence,
  type Sequence,
  transactionsOf,
} from './broadcast-file.ts';
import { compiledContracts } from './compiled-contracts.ts';
import { elsewhere, type Target } from './elsewhere.ts';

export interface BroadcastPlace {
  folder: string;
  /** Folders of the project, relative. */
  broadcast: string;
  cache: string;
  out: string;
  scriptFile: string;
  functionName: string;
  target: Target;
  /** Unix time, ms: files of earlier runs are ignored. */
  since: number;
  /** The record of a run without `--broadcast`: transactions that it would send. */
  dryRun?: boolean;
}

/** A creation takes up to 100 KB of it. */
const MOST_BYTES = 200_000_000;

/** The record of one chain, and the RPC that was used for it. */
interface Part {
  sequence: Sequence;
  elsewhere: string | null;
}

/**
 * Follows and reads the records of one run of `forge script --broadcast --slow`: a folder for each
 * chain, or, when the script used several, one file for all of them.
 */
export class Broadcast {
  /** Where the files of this run appear. Exists once `prepare` has resolved. */
  readonly folder: string;
  readonly #place: BroadcastPlace;
  readonly #script: string;
  readonly #files: ProjectFiles;
  /** The last complete reading: a run that is killed can leave half a file. */
  #last: Sequence | undefined;
  readonly #rpcs = new Map<number, string>();
  /** When the record that `progress` read was written. */
  #progressAt = 0;

  constructor(place: BroadcastPlace) {
    this.#place = place;
    this.#files = filesToRun(place.folder);
    this.#script = path.basename(place.scriptFile);
    this.folder = this.#folderOf(place.broadcast, place.target.chainId);
  }

  /** @param writer of the project's folder */
  prepare(writer: ProjectWriter): void {
    if (statOf(this.folder)?.isDirectory()) return;
    try {
      writer.make(this.folder)[Symbol.dispose]();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const why = error instanceof RefusedFile ? error.message : code;
      throw new AppError(
        'NOT_A_PROJECT',
        `forge could not write its results to ${this.folder} (${why}). Make the folder writable, or set another one with \`broadcast\` in foundry.toml.`,
      );
    }
  }

  /** Forge rewrites the files after each transaction; undefined while they are unchanged. */
  progress(): Transaction[] | undefined {
    const times = [
      path.join(this.folder, this.#latest),
      ...this.#otherFolders().map(({ folder }) => path.join(folder, this.#latest)),
      this.#multiFile(this.#place.broadcast),
    ].map((file) => statOf(file)?.mtimeMs ?? 0);
    const newest = Math.max(...times);
    if (newest === 0 || newest === this.#progressAt) return undefined;
    this.#progressAt = newest;
    const parts = this.#parts(this.#read(this.folder, this.#latest));
    return parts.length > 0 ? transactionsIn(parts) : undefined;
  }

  /** null when nothing was planned. What went to the target comes first. */
  async outcome(): Promise<ContractsResult | null> {
    const parts = this.#parts(this.#final(this.folder) ?? this.#last);
    if (parts.length === 0) return null;
    const transactions = transactionsIn(parts);
    return {
      ...{ family: 'contracts', chainId: this.#place.target.chainId, sender: null },
      ...{ source: 'tool', transactions, contracts: await this.#contracts(parts, transactions) },
    };
  }

  /** What goes to the target, as the last `outcome` has read it. */
  planned(): PlannedCall[] {
    return this.#parts(this.#last).flatMap((one) =>
      one.elsewhere === null ? callsOf(one.sequence) : [],
    );
  }

  /** Forge writes in place, so killing it leaves an incomplete file. */
  isHalf(): boolean {
    const found = statOf(path.join(this.folder, this.#latest));
    return found !== undefined && found.mtimeMs >= this.#place.since && this.#last === undefined;
  }

  get #latest(): string {
    return `${this.#place.functionName}-latest.json`;
  }

  #folderOf(root: string, chainId: number | string): string {
    const { folder, dryRun } = this.#place;
    return path.resolve(folder, root, this.#script, `${chainId}`, dryRun ? 'dry-run' : '');
  }

  #multiFile(root: string): string {
    const { folder, functionName, dryRun } = this.#place;
    return path.resolve(
      ...[folder, root, 'multi', dryRun ? 'dry-run' : ''],
      ...[`${this.#script}-latest`, `${functionName}.json`],
    );
  }

  /** The record of the target, then those of other chains, by their ids. */
  #parts(own: Sequence | undefined): Part[] {
    const single = own ? [{ sequence: own, rpc: this.#rpcOf(own.chain) }] : [];
    const others = this.#otherFolders().flatMap(({ folder, chainId }) => {
      const sequence = this.#final(folder);
      return sequence ? [{ sequence, rpc: this.#rpcOf(chainId) }] : [];
    });
    return [...single, ...others, ...this.#multi()]
      .map(({ sequence, rpc }) => ({
        sequence,
        elsewhere: elsewhere(this.#place.target, sequence.chain, rpc),
      }))
      .sort(
        (a, b) =>
          Number(a.elsewhere !== null) - Number(b.elsewhere !== null) ||
          a.sequence.chain - b.sequence.chain,
      );
  }

  /** Those with records of this run. */
  #otherFolders(): { chainId: number; folder: string }[] {
    const { folder, broadcast, target, since } = this.#place;
    return this.#files
      .entries(path.resolve(folder, broadcast, this.#script))
      .map(({ name }) => ({ chainId: Number(name), folder: this.#folderOf(broadcast, name) }))
      .filter(
        (other) =>
          Number.isSafeInteger(other.chainId) &&
          other.chainId !== target.chainId &&
          (statOf(path.join(other.folder, this.#latest))?.mtimeMs ?? 0) >= since,
      );
  }

  /** The timestamped copy exists only when forge ended by itself, and is always complete. */
  #final(folder: string): Sequence | undefined {
    const { functionName, since } = this.#place;
    const stamped = this.#files
      .entries(folder)
      .map(({ name }) => ({ name, time: stampOf(name, functionName) }))
      .filter(({ time }) => time >= since)
      .sort((a, b) => b.time - a.time)[0];
    const copy = stamped && this.#read(folder, stamped.name);
    return copy ?? this.#read(folder, this.#latest);
  }

  /** Empty when it can't be read. */
  #text(file: string): string {
    return this.#files.textIfAny(file, MOST_BYTES) ?? '';
  }

  #read(folder: string, name: string): Sequence | undefined {
    const sequence = parseSequence(this.#text(path.join(folder, name)));
    if (!sequence || sequence.timestamp < this.#place.since) return undefined;
    if (folder === this.folder) this.#last = sequence;
    return sequence;
  }

  #multi(): { sequence: Sequence; rpc: string | null }[] {
    const { broadcast, cache, since } = this.#place;
    const all = parseMultiSequence(this.#fresh(this.#multiFile(broadcast))) ?? [];
    const rpcs = parseMultiRpcs(this.#fresh(this.#multiFile(cache)));
    return all
      .map((sequence, i) => ({ sequence, rpc: rpcs[i] ?? null }))
      .filter(({ sequence }) => sequence.timestamp >= since);
  }

  /** Forge stores the addresses, which may contain a key, apart from the rest. */
  #rpcOf(chainId: number): string | null {
    const known = this.#rpcs.get(chainId);
    if (known) return known;
    const file = path.join(this.#folderOf(this.#place.cache, chainId), this.#latest);
    const rpc = parseRpc(this.#fresh(file));
    if (rpc) this.#rpcs.set(chainId, rpc);
    return rpc;
  }

  /** Empty for an earlier run's record. */
  #fresh(file: string): string {
    return (statOf(file)?.mtimeMs ?? 0) >= this.#place.since ? this.#text(file) : '';
  }

  async #contracts(parts: readonly Part[], transactions: Transaction[]): Promise<Contract[]> {
    let index: Promise<CodeIndex> | undefined;
    const nameOf = async (creationCode: string) => {
      index ??= this.#index();
      return (await index).byCreation(creationCode)?.contract.name ?? null;
    };
    const contracts: Contract[] = [];
    let first = 0;
    for (const { sequence, elsewhere } of parts) {
      for (const created of createdBy(sequence)) {
        const sent = transactions[first + created.transaction];
        if (!sent?.hash || sent.status === 'reverted') continue;
        contracts.push({
          name: created.name ?? (created.initCode ? await nameOf(created.initCode) : null),
          address: created.address,
          transactionHash: sent.hash,
          // 0 without a receipt: a run that was ended may have sent more than it noted.
          blockNumber: sent.blockNumber ?? 0,
          label: null,
          nested: created.nested,
          verified: false,
          chainId: sequence.chain,
          elsewhere,
        });
      }
      first += sequence.transactions.length;
    }
    return contracts;
  }

  async #index(): Promise<CodeIndex> {
    return new CodeIndex(await compiledContracts(this.#files, this.#place.out));
  }
}

/** The transactions of all parts, numbered continuously. */
function transactionsIn(parts: readonly Part[]): Transaction[] {
  return parts
    .flatMap(({ sequence, elsewhere }) =>
      transactionsOf(sequence).map((transaction) => ({ ...transaction, elsewhere })),
    )
    .map((transaction, index) => ({ ...transaction, index }));
}

/** `run-1795269926468.json` → 1795269926468; older versions count seconds. -1 for other names. */
function stampOf(name: string, functionName: string): number {
  const match = /^(.*)-(\d{9,})\.json$/.exec(name);
  if (match?.[1] !== functionName) return -1;
  const stamp = Number(match[2]);
  return stamp < 1e11 ? stamp * 1000 : stamp;
}
