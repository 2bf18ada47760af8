import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { type Keystore, keystore } from '../../signer/control/protocol.ts';

/** Far more than a keystore has. */
const MOST_BYTES = 64 * 1024;
const MOST_FILES = 1000;

/** Where cast keeps its keystores: a file each, by the name of the account. */
export const keystoresFolder = (home: string): string => path.join(home, '.foundry', 'keystores');

/** The keystores of this machine's user, which Foundry's tools list as well. */
export class KeystoreFiles {
  readonly folder: string;

  /** @param home the user's home folder */
  constructor(home: string) {
    this.folder = keystoresFolder(home);
  }

  names(): string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort()
      .slice(0, MOST_FILES);
  }

  fileOf(name: string): string {
    return path.join(this.folder, name);
  }

  has(name: string): boolean {
    return statOf(this.fileOf(name)) !== undefined;
  }

  /** null: the file holds none, or can't be read. */
  read(name: string): Keystore | null {
    const file = this.fileOf(name);
    const found = statOf(file);
    if (!found?.isFile() || found.size > MOST_BYTES) return null;
    try {
      return keystore.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return null;
    }
  }

  /** Never overwrites one: the caller has looked for it. */
  async write(name: string, made: Keystore): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify(made)}\n`;
    await despiteLocks(() => writeFileAtomic(this.fileOf(name), text, { mode: 0o600 }));
  }

  remove(name: string): Promise<void> {
    return despiteLocks(() => rm(this.fileOf(name)));
  }
}
