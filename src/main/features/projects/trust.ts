import { lstatSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isWithin } from '../../lib/path-within.ts';
import { AppError } from '../../shared/errors.ts';
import type { TrustedRow, TrustStore } from './trust-store.ts';

export interface TrustDependencies {
  store: TrustStore;
  /** What a run of a project sees: its repository, or its own folder. */
  mountedFolder: (project: string) => string;
}

/**
 * Which folders' code may be run. Trust is recorded by the real path and the identity of a folder
 * when it is given, and looked up by containment alone: what is made later inside a trusted folder,
 * for instance a `.git`, doesn't change what is trusted.
 */
export class Trust {
  readonly #store: TrustStore;
  readonly #mountedFolder: TrustDependencies['mountedFolder'];

  constructor({ store, mountedFolder }: TrustDependencies) {
    this.#store = store;
    this.#mountedFolder = mountedFolder;
    this.#takeOver();
  }

  /** Every trusted folder that is still the same one, by path. */
  all(): TrustedRow[] {
    return this.#store.all().filter(isStillThere);
  }

  /**
   * The folder that the user is asked to trust for a project: what its runs see, by its real path.
   */
  rootOf(project: string): string {
    return this.#mountedFolder(realpathSync.native(project));
  }

  /** The trusted folders that contain a project; none for a missing folder. */
  covering(project: string, trusted: readonly TrustedRow[] = this.all()): TrustedRow[] {
    try {
      const root = this.rootOf(project);
      return trusted.filter((row) => isWithin(root, row.path));
    } catch {
      return [];
    }
  }

  /** Trusts what the runs of a project see. Throws TRUST_TOO_WIDE. */
  give(project: string): void {
    if (this.covering(project).length > 0) return;
    this.#put(this.rootOf(project), 'root');
  }

  /** Trusts everything that lies in a folder, now and later. Throws TRUST_TOO_WIDE. */
  giveAllIn(folder: string): TrustedRow {
    return this.#put(realpathSync.native(folder), 'parent');
  }

  /** Returns false when this folder was not trusted as a whole. */
  withdrawAllIn(folder: string): boolean {
    const row = this.#store.all().find((one) => one.kind === 'parent' && one.path === folder);
    if (row) this.#store.remove(row);
    return row !== undefined;
  }

  /** Withdraws trust from what the runs of a project see; folders that the user trusted stay. */
  withdraw(project: string): void {
    for (const row of this.covering(project)) if (row.kind === 'root') this.#store.remove(row);
  }

  /** Withdraws trust from the roots that no project lies in any more. */
  keepFor(projects: readonly string[]): void {
    for (const row of this.#store.all()) {
      if (row.kind !== 'root' || projects.some((project) => isWithin(project, row.path))) continue;
      this.#store.remove(row);
    }
  }

  #put(folder: string, kind: TrustedRow['kind']): TrustedRow {
    const why = whyTooWide(folder);
    if (why) {
      throw new AppError(
        'TRUST_TOO_WIDE',
        `${folder} ${why}, and isn't trusted as a whole. Put your projects into a folder of their own, and trust that.`,
      );
    }
    const row = { path: folder, kind, identity: identityOf(folder), trustedAt: Date.now() };
    this.#store.put(row);
    return row;
  }

  /** Folders that an earlier version deployed from are known by the project's path alone. */
  #takeOver(): void {
    for (const row of this.#store.all()) {
      if (row.identity !== null) continue;
      try {
        const root = this.rootOf(row.path);
        this.#store.put({ ...row, path: root, identity: identityOf(root) });
        if (root !== row.path) this.#store.remove(row);
      } catch {
        // Not available now, for example on a disk that isn't connected: looked up again next time.
      }
    }
  }
}

/** Why a folder is never trusted as a whole; undefined: it can be. */
export function whyTooWide(folder: string): string | undefined {
  if (path.dirname(folder) === folder) return 'is the whole disk';
  const home = realOf(os.homedir());
  if (home === undefined || !isWithin(home, folder)) return undefined;
  return home === folder ? 'is your home folder' : 'holds your home folder';
}

/**
 * Distinguishes a folder from another one that is later put at its path. Links aren't followed. Two
 * folders with the same inode number differ in age; not every file system records it.
 */
export function identityOf(folder: string): string {
  const { ino, birthtimeNs, ctimeNs } = lstatSync(folder, { bigint: true });
  // Where the creation time isn't known, the time of the last change is used instead.
  return birthtimeNs === ctimeNs ? `${ino}` : `${ino}:${birthtimeNs}`;
}

function isStillThere({ path: folder, identity }: TrustedRow): boolean {
  if (identity === null) return false;
  try {
    const now = identityOf(folder);
    return now === identity || now.split(':')[0] === identity;
  } catch {
    return false;
  }
}

function realOf(folder: string): string | undefined {
  try {
    return realpathSync.native(folder);
  } catch {
    return undefined;
  }
}
