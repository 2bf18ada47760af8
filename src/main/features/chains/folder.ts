import {
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { chmod, copyFile, open, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { namesIn } from '../../lib/fs-sync.ts';
import { isOfGone, markOf } from '../../lib/process-mark.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';

const unzip = promisify(gunzip);
const KEPT_STATES = 3;

/** Up to here, writing takes less than the trips through the thread pool around it. */
const SMALL_BYTES = 256 * 1024;

/**
 * A chain's files:
 * `state.json`, which anvil rewrites in place on an interval and at its end (so a kill may leave
 * it half written); `good/`, whole copies of it; `snapshots/`; `cache/`, anvil's old states;
 * `home/`, so that a fork's download cache is its own; `anvil.log`.
 */
export class ChainFolder {
  readonly root: string;
  readonly state: string;
  readonly cache: string;
  readonly home: string;
  readonly log: string;
  readonly #good: string;
  readonly #snapshots: string;
  readonly #mark: string;

  /** @param owner this process, which marks what it is writing */
  constructor(dataFolder: string, chain: string, owner: ProcessRef) {
    this.#mark = markOf(owner);
    this.root = path.join(dataFolder, 'chains', chain);
    this.state = path.join(this.root, 'state.json');
    this.cache = path.join(this.root, 'cache');
    this.home = path.join(this.root, 'home');
    this.log = path.join(this.root, 'anvil.log');
    this.#good = path.join(this.root, 'good');
    this.#snapshots = path.join(this.root, 'snapshots');
  }

  create(): void {
    for (const folder of [this.cache, this.home, this.#good, this.#snapshots]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
  }

  snapshot(id: number): string {
    return path.join(this.#snapshots, `${id}.json`);
  }

  hasSnapshot(id: number): boolean {
    return existsSync(this.snapshot(id));
  }

  savedAt(): number | null {
    const stat = statSync(this.state, { throwIfNoEntry: false });
    return stat ? Math.round(stat.mtimeMs) : null;
  }

  /** Whole copies of the state, newest first. */
  goodStates(): string[] {
    if (!existsSync(this.#good)) return [];
    return readdirSync(this.#good)
      .filter((name) => /^\d+\.json$/.test(name))
      .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
      .map((name) => path.join(this.#good, name));
  }

  /** Copies the state aside if it is whole and newer than the newest copy. */
  async keepState(): Promise<void> {
    const savedAt = this.savedAt();
    if (savedAt === null) return;
    const target = path.join(this.#good, `${savedAt}.json`);
    if (existsSync(target) || !(await isWhole(this.state))) return;
    await this.#copyDurably(this.state, target);
    await this.#dropOldStates();
  }

  /** Keeps a state that the chain has told as a whole copy, which outlives a loss of power. */
  async keepCopy(state: Buffer, at: number): Promise<void> {
    const target = path.join(this.#good, `${at}.json`);
    const part = this.#partOf(target);
    writing.add(path.basename(part));
    try {
      await writeFile(part, state, { mode: 0o600, flush: true });
      await despiteLocks(() => rename(part, target));
    } finally {
      writing.delete(path.basename(part));
    }
    await this.#dropOldStates();
  }

  /**
   * Keeps a state that the chain has told as the one that it starts from next, and as a whole copy.
   * What anvil has written itself meanwhile stays if it is further on.
   *
   * @param at when it was asked for, Unix time, ms
   */
  async saveState(state: Buffer, at: number): Promise<void> {
    await this.keepCopy(state, at);
    const written = this.savedAt() ?? 0;
    const isOlder = written < at || (await headOf(this.state)) <= headIn(state.toString());
    if (isOlder) await this.#copyDurably(path.join(this.#good, `${at}.json`), this.state, at);
  }

  async #dropOldStates(): Promise<void> {
    for (const old of this.goodStates().slice(KEPT_STATES)) await rm(old, { force: true });
  }

  /**
   * Makes `state.json` startable. `damaged`: it was half written, and has been put aside; `from`
   * tells which copy took its place, `null` if there was none and the chain would start empty.
   */
  async prepareState(): Promise<{ damaged: false } | { damaged: true; from: number | null }> {
    if (this.savedAt() === null) return { damaged: false };
    if (await isWhole(this.state)) {
      await this.keepState();
      return { damaged: false };
    }
    for (const copy of this.goodStates()) {
      if (!(await isWhole(copy))) continue;
      await this.putStateAside();
      await this.#copyDurably(copy, this.state);
      return { damaged: true, from: Number.parseInt(path.basename(copy), 10) };
    }
    return { damaged: true, from: null };
  }

  /** Starts empty the next time, without deleting what there was. */
  async putStateAside(): Promise<void> {
    await despiteLocks(() => rename(this.state, path.join(this.root, 'state.aside.json'))).catch(
      ignoreMissing,
    );
  }

  /** Puts a whole copy of the state in its place; without one the chain starts empty. */
  async restoreState(copy: string | undefined): Promise<void> {
    if (copy === undefined) await this.putStateAside();
    else await this.#copyDurably(copy, this.state);
  }

  async restoreSnapshot(id: number): Promise<void> {
    await this.#copyDurably(this.snapshot(id), this.state);
  }

  /** Tells other cores that a snapshot is on its way, until it is written or this process ends. */
  announceSnapshot(id: number): void {
    writing.add(path.basename(this.#part(id)));
    try {
      writeFileSync(this.#part(id), '', { mode: 0o600 });
    } catch {
      // Without room for this there is none for the state either, which is told.
    }
  }

  async withdrawSnapshot(id: number): Promise<void> {
    await rm(this.#part(id), { force: true });
    writing.delete(path.basename(this.#part(id)));
  }

  /** Whether a process that lives has announced it, and not written it yet. */
  async isAnnounced(id: number): Promise<boolean> {
    for (const name of namesIn(this.#snapshots)) {
      if (name.startsWith(`${id}.json.`) && (await this.#isBeingWritten(name))) return true;
    }
    return false;
  }

  #part(id: number): string {
    return this.#partOf(this.snapshot(id));
  }

  /** From then on it outlives this process, and from `syncSnapshot` on a loss of power too. */
  async writeSnapshot(id: number, state: Buffer): Promise<void> {
    const target = this.snapshot(id);
    const part = this.#part(id);
    if (state.byteLength <= SMALL_BYTES) {
      writeFileSync(part, state, { mode: 0o600 });
      await despiteLocks(async () => renameSync(part, target));
    } else {
      await writeFile(part, state, { mode: 0o600 });
      await despiteLocks(() => rename(part, target));
    }
    writing.delete(path.basename(part));
  }

  async syncSnapshot(id: number): Promise<void> {
    const file = await open(this.snapshot(id), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async removeSnapshot(id: number): Promise<void> {
    await rm(this.snapshot(id), { force: true });
  }

  /** Deletes what was being written when a core was killed, and files of no snapshot. */
  async sweep(snapshots: ReadonlySet<number>): Promise<number> {
    const parts: string[] = [];
    for (const folder of [this.root, this.#good, this.#snapshots]) {
      for (const name of namesIn(folder).filter((one) => one.endsWith('.part'))) {
        if (!(await this.#isBeingWritten(name))) parts.push(path.join(folder, name));
      }
    }
    const strays = namesIn(this.#snapshots)
      .filter((name) => /^\d+\.json$/.test(name) && !snapshots.has(Number.parseInt(name, 10)))
      .map((name) => path.join(this.#snapshots, name));
    for (const file of [...parts, ...strays]) await rm(file, { force: true });
    return parts.length + strays.length;
  }

  async remove(): Promise<void> {
    await despiteLocks(() => rm(this.root, { recursive: true, force: true }));
  }

  /** @param at the time of the copy, Unix time, ms; absent: now */
  async #copyDurably(from: string, to: string, at?: number): Promise<void> {
    const part = this.#partOf(to);
    writing.add(path.basename(part));
    try {
      await copyFile(from, part, constants.COPYFILE_FICLONE);
      await chmod(part, 0o600);
      if (at !== undefined) await utimes(part, at / 1000, at / 1000);
      await despiteLocks(() => rename(part, to));
    } finally {
      writing.delete(path.basename(part));
    }
  }

  #partOf(file: string): string {
    return `${file}.${this.#mark}.part`;
  }

  /** Whether the part of a file belongs to a process that may still be writing it. */
  async #isBeingWritten(part: string): Promise<boolean> {
    const mark = /\.([^.]+)\.part$/.exec(part)?.[1] ?? '';
    return mark === this.#mark ? writing.has(part) : !(await isOfGone(mark));
  }
}

/** What `anvil_dumpState` returns, hex of gzipped JSON, as a state file has it: plain JSON. */
export const stateOfDump = (dump: string): Promise<Buffer> =>
  unzip(Buffer.from(dump.slice(2), 'hex'));

/** Whether a state file is complete JSON with the accounts in it. */
export async function isWhole(file: string): Promise<boolean> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as { accounts?: unknown };
    return typeof state.accounts === 'object' && state.accounts !== null;
  } catch {
    return false;
  }
}

/** The number of a state's latest block; -1 where it isn't whole. */
function headIn(state: string): number {
  try {
    const { best_block_number: head } = JSON.parse(state) as { best_block_number?: unknown };
    return Number(head ?? -1);
  } catch {
    return -1;
  }
}

const headOf = (file: string): Promise<number> => readFile(file, 'utf8').then(headIn, () => -1);

/** Names of the parts that this process is writing: the sweep leaves them. */
const writing = new Set<string>();

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
