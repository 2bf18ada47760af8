import { stripVTControlCharacters } from 'node:util';
import type { CompileCache } from '../compile-cache.ts';
import type { KeptCompile } from './compile-facts.ts';
import type { CompilerChoice, CompilerStore } from './compilers.ts';
import { compilersOf, type ReadForgeCache } from './forge-cache.ts';
import { type CompileQuestion, keptCompiles } from './kept-compiles.ts';
import { compiledOf } from './requirement.ts';
import { restoreArtifacts } from './restore-artifacts.ts';
import { writerFor } from './writer-for.ts';

/** The compile of one run: its compiler, and what is already compiled. */
export interface Compile {
  env: Record<string, string>;
  notes: string[];
  /** Call with every line of forge, in order. */
  heard(line: string): void;
  /** Call once the run has ended: stores the compile without delaying the run. */
  ended(): void;
}

export type PrepareCompile = (question: CompileQuestion, since: number) => Promise<Compile>;

/** Prepares a compile: restores an earlier result if it still fits. */
export function compilePreparer(deps: {
  compilers: CompilerStore;
  cache: CompileCache;
  read: ReadForgeCache;
}): PrepareCompile {
  const { compilers, cache, read } = deps;
  const kept = keptCompiles(cache, read);

  return async (question, since) => {
    const { folder, config, file } = question;
    const fitting = await kept.find(question);
    const now = read(folder, config);
    const before = compiledOf(fitting?.facts.notes ?? now, folder, file);
    const compiler = await compilers.choose({
      ...question,
      notes: now,
      before: before && fitting ? { ...before, unchanged: true } : before,
    });
    const usable = fitting && isOf(fitting, compiler) ? fitting : undefined;
    const put = usable && (await putBackOrDrop(usable));
    const used = put === undefined ? undefined : usable;
    let compiled: boolean | undefined;

    async function putBackOrDrop(entry: KeptCompile): Promise<number | undefined> {
      try {
        const writer = writerFor(folder, question.workspace);
        return await restoreArtifacts(folder, config, entry, now, writer);
      } catch {
        // It is damaged, or the folder can't be written: forge compiles, and reports any problem.
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

/** undefined: the line doesn't say. */
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
