import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { ResolveImport } from '../../solidity/imports.ts';
import { skipLength } from '../../solidity/strip-function-bodies.ts';
import { importsOf } from './source-text.ts';

export interface ScriptUse {
  /** It may switch to another chain than the one that it is run against. */
  forks: boolean;
  /** It may replace what runs behind a proxy: by a call of its own, or by one that it is given. */
  upgrades: boolean;
}

/** Whether a text holds a call that replaces what runs behind a proxy, or a part of one. */
export const namesUpgrade = (text: string): boolean => UPGRADES.test(text);

/**
 * What a script may do.
 *
 * @param resolve made only when the sources have changed
 */
export type UseOfScript = (
  files: ProjectFiles,
  resolve: () => ResolveImport,
  script: string,
) => Promise<ScriptUse>;

interface Answer {
  /** The states of every file that it was read from, by absolute path. */
  stamps: Map<string, string>;
  use: ScriptUse;
}

const FORKS = /\b(?:createFork|createSelectFork|selectFork)\b/;
/** Excludes the declarations of these cheat codes, which every script imports. */
const FORK_CALL = /(?<!\bfunction\s{1,20})\b(?:createFork|createSelectFork|selectFork)\b/;
/** What upgrades of proxies and cuts of diamonds are called, and their selectors. */
const UPGRADES =
  /\b(?:upgrade|upgradeTo|upgradeToAndCall|upgradeAndCall|upgradeProxy|upgradeBeacon|diamondCut)\b|3659cfe6|4f1ef286|99a88ec4|9623609d|1f931c1c/i;
/** Cheat codes by which a script gets the data of a call from outside of its sources. */
const GIVEN =
  /\b(?:readFile|readFileBinary|readLine|ffi|tryFfi|prompt|promptSecret|envBytes|parseBytes|parseJsonBytes|parseTomlBytes|readBytes)\b/;
const GIVEN_CALL = new RegExp(`(?<!\\bfunction\\s{1,20})${GIVEN.source}`);
/** It declares these cheat codes, and uses them for what is no data of a call. */
const FORGE_STD = /[\\/]forge-std[^\\/]*[\\/]/;
const MOST_FILES = 3000;
const MOST_KEPT = 100;

/** What determines where imports lead. */
const STEERING = ['foundry.toml', 'remappings.txt'];

/**
 * Determines whether a script, or what it imports, mentions the cheat codes that select another
 * chain, or functions that upgrade a proxy, or the cheat codes that bring in what it sends: by
 * reading only, in time linear in the length of the sources, in short steps. Returns true in case
 * of doubt. The result is cached while the files are unchanged.
 */
export function scriptUse(): UseOfScript {
  const kept = new Map<string, Answer>();
  return async (files, resolve, script) => {
    const known = kept.get(script);
    if (known && isAsBefore(files, known)) return known.use;
    const answer = await lookThrough(files, resolve(), script);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(script, answer);
    return answer.use;
  };
}

const isAsBefore = (files: ProjectFiles, { stamps }: Answer): boolean =>
  [...stamps].every(([file, stamp]) => stampOf(files, file) === stamp);

function stampOf(files: ProjectFiles, file: string): string {
  const stats = files.stat(file);
  return `${stats?.mtimeMs}:${stats?.size}`;
}

async function lookThrough(
  files: ProjectFiles,
  resolve: ResolveImport,
  script: string,
): Promise<Answer> {
  const stamps = new Map(STEERING.map((name) => [name, stampOf(files, name)]));
  const met = new Set([script]);
  const use: ScriptUse = { forks: false, upgrades: false };
  for (const file of met) {
    stamps.set(file, stampOf(files, file));
    const text = files.textIfAny(file);
    const isDoubtful = text === undefined || met.size > MOST_FILES;
    if (isDoubtful) return { stamps, use: { forks: true, upgrades: true } };
    use.forks ||= FORKS.test(text) && FORK_CALL.test(withoutComments(text));
    use.upgrades ||= UPGRADES.test(text) && UPGRADES.test(withoutComments(text));
    use.upgrades ||=
      !FORGE_STD.test(file) && GIVEN.test(text) && GIVEN_CALL.test(withoutComments(text));
    if (use.forks && use.upgrades) break;
    for (const imported of importsOf(text)) {
      const found = resolve(file, imported);
      if (found) met.add(found);
    }
    await nextTurn();
  }
  return { stamps, use };
}

/** Strings stay: a cheat code can be called by its signature. */
function withoutComments(source: string): string {
  let result = '';
  let from = 0;
  for (let i = 0; i < source.length; ) {
    const skip = skipLength(source, i);
    if (skip > 0 && source[i] === '/') {
      result += `${source.slice(from, i)} `;
      from = i + skip;
    }
    i += skip || 1;
  }
  return result + source.slice(from);
}
