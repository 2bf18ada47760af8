import { stripVTControlCharacters } from 'node:util';
import type { CompileCache } from '../toolchain.ts';
import type { KeptCompile } from './compile-facts.ts';
import type { CompilerChoice, CompilerStore } from './compilers.ts';
import { compilersOf, type ReadForgeCache } from './forge-cache.ts';
import { type CompileQuestion, keptCompiles } from './kept-compiles.ts';
import { putBack } from './put-back.ts';
import { compiledOf } from './requirement.ts';

/** The compile of one run: with which compiler, and what needn't be compiled again. */
export interface Compile {
  env: Record<string, string>;
  notes: string[];
  /** Every line of forge's, in order. */
  heard(line: string): void;
  /** To be called once the run is over: what it has made is kept, off the run's time. */
  ended(): void;
}

export type PrepareCompile = (question: CompileQuestion, since: number) => Promise<Compile>;

/** Gets a compile ready: what an earlier one has made is brought back, if it still fits. */
export function compilePreparer(parts: {
  compilers: CompilerStore;
  cache: CompileCache;
  read: ReadForgeCache;
}): PrepareCompile {
  const { compilers, cache, read } = parts;
  const kept = keptCompiles(cache, read);

  return async (question, since) => {
    const { folder, config, file } = question;
    const fitting = await kept.find(question);
    const now = read(folder, config);
    const before = compiledOf(fitting?.facts.notes ?? now, folder, file);
    const compiler = await compilers.choose({
      ...question,
      before: before && fitting ? { ...before, unchanged: true } : before,
    });
    const usable = fitting && isOf(fitting, compiler) ? fitting : undefined;
    const put = usable && (await putBackOrDrop(usable));
    const used = put === undefined ? undefined : usable;
    let compiled: boolean | undefined;

    async function putBackOrDrop(entry: KeptCompile): Promise<number | undefined> {
      try {
        return await putBack(folder, config, entry, now);
      } catch {
        // Damaged, or the folder can't be written: forge compiles, and says what it thinks of it.
        cache.drop(entry);
        return undefined;
      }
    }

    return {
      env: compiler.env,
      notes: used ? [...compiler.notes, saying(used, put ?? 0)] : compiler.notes,
      heard(line) {
        compiled ??= compiles(line);
      },
      ended() {
        if (used && compiled) cache.drop(used);
        else if (used) cache.used(used);
        if (compiled || (compiled === false && !used)) {
          cache.keep(() => kept.collect(question, since));
        }
      },
    };
  };
}

const isOf = ({ facts }: KeptCompile, { version }: CompilerChoice): boolean =>
  version === undefined || `${compilersOf(facts.notes.files)}` === version;

/** undefined: the line says nothing of it. */
function compiles(line: string): boolean | undefined {
  const text = stripVTControlCharacters(line);
  if (text.startsWith('No files changed, compilation skipped')) return false;
  return /^Compiling \d+ files? with /.test(text) ? true : undefined;
}

function saying({ key, keptAt }: KeptCompile, put: number): string {
  const files = put > 0 ? `, ${put} files put back` : '';
  return `Compile cache: nothing to compile (${key.slice(0, 12)}, kept ${ago(Date.now() - keptAt)} ago${files}).`;
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
