import path from 'node:path';
import type { Contract, Transaction } from '../../features/deployments/contract.ts';
import { asOwnerOf } from '../../kit/as-owner-of.ts';
import { AppError } from '../../kit/errors.ts';
import { look, namesIn, textOf } from '../../kit/look.ts';
import type { Outcome } from '../toolchain.ts';
import { artifactNames } from './artifact-names.ts';
import {
  createdBy,
  parseMultiSequence,
  parseSequence,
  type Sequence,
  transactionsOf,
} from './broadcast-file.ts';

export interface BroadcastPlace {
  folder: string;
  /** The `broadcast` and `out` folders of the project, relative. */
  broadcast: string;
  out: string;
  scriptFile: string;
  functionName: string;
  chainId: number;
  /** Unix time, ms: files of earlier runs are ignored. */
  since: number;
}

/** Follows and reads what one run of `forge script --broadcast --slow` leaves behind. */
export class Broadcast {
  /** Where the files of this run appear. Exists once `prepare` has resolved. */
  readonly folder: string;
  readonly #place: BroadcastPlace;
  readonly #script: string;
  /** The last whole reading: a run that is killed can leave half a file. */
  #last: Sequence | undefined;
  /** When what `progress` has read was written. */
  #progressAt = 0;

  constructor(place: BroadcastPlace) {
    this.#place = place;
    this.#script = path.basename(place.scriptFile);
    this.folder = path.resolve(place.folder, place.broadcast, this.#script, `${place.chainId}`);
  }

  async prepare(): Promise<void> {
    if (look(this.folder)?.isDirectory()) return;
    try {
      await asOwnerOf(this.#place.folder).makeFolder(this.folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new AppError(
        'NOT_A_PROJECT',
        `forge could not write its results to ${this.folder} (${code}). Make the folder writable, or set another one with \`broadcast\` in foundry.toml.`,
      );
    }
  }

  /** Forge rewrites the file after each transaction; undefined as long as it is the same. */
  progress(): Transaction[] | undefined {
    const name = `${this.#place.functionName}-latest.json`;
    const found = look(path.join(this.folder, name));
    if (!found || found.mtimeMs === this.#progressAt) return undefined;
    this.#progressAt = found.mtimeMs;
    const latest = this.#read(name);
    return latest && transactionsOf(latest);
  }

  /**
   * null when nothing was planned. Throws UNSUPPORTED when the script has broadcast to other
   * chains as well.
   */
  async outcome(): Promise<Outcome | null> {
    const sequence = this.#final() ?? this.#last ?? this.#multi();
    if (!sequence) return null;
    const transactions = transactionsOf(sequence);
    return { transactions, contracts: await this.#contracts(sequence, transactions) };
  }

  /** Forge writes in place: one that is killed leaves less than a whole file. */
  isHalf(): boolean {
    const found = look(path.join(this.folder, `${this.#place.functionName}-latest.json`));
    return found !== undefined && found.mtimeMs >= this.#place.since && this.#last === undefined;
  }

  /** The timestamped copy is there only when forge came to its own end, but then it's complete. */
  #final(): Sequence | undefined {
    const { functionName, since } = this.#place;
    const stamped = namesIn(this.folder)
      .map((name) => ({ name, time: stampOf(name, functionName) }))
      .filter(({ time }) => time >= since)
      .sort((a, b) => b.time - a.time)[0];
    const copy = stamped && this.#read(stamped.name);
    return copy ?? this.#read(`${functionName}-latest.json`);
  }

  #read(name: string): Sequence | undefined {
    const sequence = parseSequence(textOf(path.join(this.folder, name)) ?? '');
    if (!sequence || sequence.timestamp < this.#place.since) return undefined;
    this.#last = sequence;
    return sequence;
  }

  #multi(): Sequence | undefined {
    const { folder, broadcast, functionName, chainId, since } = this.#place;
    const file = path.resolve(
      folder,
      broadcast,
      'multi',
      `${this.#script}-latest`,
      `${functionName}.json`,
    );
    const all = parseMultiSequence(textOf(file) ?? '')?.filter((one) => one.timestamp >= since);
    if (!all || all.length === 0) return undefined;
    const others = all.filter((one) => one.chain !== chainId).map((one) => one.chain);
    if (others.length === 0) return all[0];
    throw new AppError(
      'UNSUPPORTED',
      `The script sent transactions to several chains (${all.map((one) => one.chain).join(', ')}), and Drydock records one. What was sent is in ${file}; split the script into one for each chain.`,
    );
  }

  async #contracts(sequence: Sequence, transactions: Transaction[]): Promise<Contract[]> {
    const nameOf = artifactNames(path.resolve(this.#place.folder, this.#place.out));
    const contracts: Contract[] = [];
    for (const created of createdBy(sequence)) {
      const sent = transactions[created.transaction];
      if (!sent?.hash || sent.status === 'reverted') continue;
      contracts.push({
        name: created.name ?? (created.initCode ? await nameOf(created.initCode) : null),
        address: created.address,
        transactionHash: sent.hash,
        // 0 while there is no receipt: a run that was ended may have been faster than its notes.
        blockNumber: sent.blockNumber ?? 0,
        nested: created.nested,
        verified: false,
      });
    }
    return contracts;
  }
}

/** `run-1795269926468.json` → 1795269926468; older versions count seconds. -1 for other names. */
function stampOf(name: string, functionName: string): number {
  const match = /^(.*)-(\d{9,})\.json$/.exec(name);
  if (match?.[1] !== functionName) return -1;
  const stamp = Number(match[2]);
  return stamp < 1e11 ? stamp * 1000 : stamp;
}
