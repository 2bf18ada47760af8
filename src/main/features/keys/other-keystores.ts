import { readFileSync } from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { statOf } from '../../lib/fs-sync.ts';
import type { KeySource } from './contract.ts';

/** Far more than such a keystore has. */
const MOST_BYTES = 1024 * 1024;

const named = z.looseObject({ secrets: z.record(z.string(), z.unknown()) });

/** Keystores of other tools, each with several secrets: keys can be taken from them. */
export class OtherKeystores {
  /** Files by the names of their tools. */
  readonly #files: Readonly<Record<string, string>>;

  /** @param folder of a tool's settings, by its name */
  constructor(folder: (tool: string) => string = (tool) => envPaths(tool).config) {
    this.#files = { 'Hardhat 3': path.join(folder('hardhat'), 'keystore.json') };
  }

  /** Those that there are. */
  list(): KeySource[] {
    return Object.entries(this.#files)
      .filter(([, file]) => statOf(file)?.isFile())
      .map(([source, file]) => {
        const { success, data } = named.safeParse(this.read(source));
        return success
          ? { source, file, entries: Object.keys(data.secrets).sort(), problem: null }
          : { source, file, entries: [], problem: 'The file holds no keystore.' };
      });
  }

  /** What is in its file; undefined: there is none, or it can't be read. */
  read(source: string): unknown {
    const file = Object.hasOwn(this.#files, source) ? (this.#files[source] ?? '') : '';
    const found = statOf(file);
    if (!found?.isFile() || found.size > MOST_BYTES) return undefined;
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  }
}
