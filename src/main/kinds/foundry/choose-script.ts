import path from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Parameter } from '../../shared/kind.ts';
import { unreadSource } from '../one-contract/unread-source.ts';
import type { Script, ScriptContract, ScriptFunction } from './script-list.ts';

export interface ChosenScript {
  file: string;
  contract: string;
  signature: string;
  /** What it takes, as far as its source is known to tell. */
  inputs?: readonly Parameter[];
}

/** How a request names a script; empty: the standard script. */
export interface WantedScript {
  /** Relative to the project, with forward slashes. */
  file?: string;
  contract?: string;
}

/**
 * Parses `file` or `file:Contract`, with the file relative to the project's folder, or absolute
 * inside it. Throws SCRIPT_NOT_FOUND when it is outside.
 */
export function wantedScript(folder: string, typed: string | undefined): WantedScript {
  if (typed === undefined) return {};
  const colon = typed.lastIndexOf(':');
  const isPair = colon > 0 && !/[\\/]/.test(typed.slice(colon));
  const name = (isPair ? typed.slice(0, colon) : typed).replaceAll('\\', '/');
  const file = path.relative(folder, path.resolve(folder, name)).split(path.sep).join('/');
  if (file.split('/')[0] === '..' || path.isAbsolute(file)) {
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      `${name} lies outside of ${folder}. Name a script in the project's folder.`,
      { field: 'script' },
    );
  }
  return { file, contract: isPair ? typed.slice(colon + 1) : undefined };
}

/**
 * Finds what a request means by its file, contract and a signature, a name or nothing. A complete
 * `file:Contract` with a signature is left for forge to check: sources don't show everything that
 * it runs. Throws SCRIPT_NOT_FOUND or SCRIPT_AMBIGUOUS with the possible choices, and
 * SOURCE_UNREADABLE.
 */
export function chooseScript(
  scripts: readonly Script[],
  wanted: WantedScript,
  sig: string | undefined,
): ChosenScript {
  const unread = scripts.find(({ file }) => file === '.')?.problem;
  if (unread !== undefined && wanted.file !== undefined && wanted.contract !== undefined) {
    return { file: wanted.file, contract: wanted.contract, signature: canonical(sig ?? 'run()') };
  }
  if (unread !== undefined) throw unreadSource([{ file: '.', problem: unread }]);
  const script = findFile(scripts, wanted.file);
  const { file } = script;
  if (wanted.contract !== undefined && (sig === undefined ? script.problem : sig.includes('('))) {
    const signature = canonical(sig ?? 'run()');
    const contract = script.contracts.find(({ name }) => name === wanted.contract);
    const known = contract?.functions.find((one) => one.signature === signature);
    return { file, contract: wanted.contract, signature, inputs: known?.inputs };
  }
  if (script.problem) {
    throw unreadSource([{ file, problem: script.problem }], {
      after: `To run it all the same, name its contract too, as in ${file}:Deploy.`,
    });
  }
  const contract = findContract(script, wanted.contract, sig);
  const { signature, inputs } = findFunction(file, contract, sig);
  return { file, contract: contract.name, signature, inputs };
}

function findFile(scripts: readonly Script[], file: string | undefined): Script {
  const offered = scripts.filter((s) => s.contracts.length > 0 || s.problem);
  const names = offered.map((s) => s.file).join(', ');
  if (file === undefined) {
    const chosen = scripts.find((s) => s.isDefault);
    if (chosen) return chosen;
    if (offered.length === 0) throw noScript(scripts);
    throw new AppError(
      'SCRIPT_AMBIGUOUS',
      `The project has no script/Deploy.s.sol. Choose one of: ${names}.`,
      { field: 'script' },
    );
  }
  const found =
    scripts.find((s) => s.file === file) ?? scripts.find((s) => s.file.endsWith(`/${file}`));
  if (found) return found;
  if (scripts.length === 0) throw noScript(scripts);
  throw new AppError('SCRIPT_NOT_FOUND', `There is no script ${file}. There are: ${names}.`, {
    field: 'script',
  });
}

function noScript(scripts: readonly Script[]): AppError {
  const [left] = scripts.flatMap(({ file, leftOut = [] }) =>
    leftOut.map(({ name, functions }) => ({ name: `${file}:${name}`, functions })),
  );
  const hint = left
    ? ` ${left.name} has no run(): to run it, name it with a signature, as in --script ${left.name} --sig '${left.functions[0]?.signature ?? 'deploy()'}'.`
    : '';
  return new AppError(
    'SCRIPT_NOT_FOUND',
    `The project has no deploy script. Add one such as script/Deploy.s.sol with a run() function.${hint}`,
    { field: 'script' },
  );
}

function findContract(
  script: Script,
  name: string | undefined,
  sig: string | undefined,
): ScriptContract {
  const all: ScriptContract[] = [...script.contracts, ...(script.leftOut ?? [])];
  const withEntry = all.filter((c) => c.functions.length > 0);
  const names = all.map((c) => c.name).join(', ');
  if (name !== undefined) {
    const found = all.find((c) => c.name === name);
    if (found) return found;
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      `${script.file} has no contract ${name}. It has: ${names || 'none'}.`,
      { field: 'script' },
    );
  }
  const fitting =
    sig === undefined
      ? script.contracts
      : withEntry.filter((c) => c.functions.some((f) => matches(f, sig)));
  const [only, second] = fitting.length > 0 ? fitting : withEntry;
  if (only && !second) return only;
  if (only) {
    throw new AppError(
      'SCRIPT_AMBIGUOUS',
      `${script.file} has several contracts: ${names}. Name one, as in ${script.file}:${only.name}.`,
      { field: 'script' },
    );
  }
  throw new AppError(
    'SCRIPT_NOT_FOUND',
    `${script.file} has no contract with a public function such as run().`,
    { field: 'script' },
  );
}

function findFunction(
  file: string,
  contract: ScriptContract,
  sig: string | undefined,
): ScriptFunction {
  const all = contract.functions.map((f) => f.signature).join(', ');
  if (sig === undefined) {
    const only = contract.functions.length === 1 ? contract.functions[0] : undefined;
    const run = contract.functions.find((f) => f.signature === 'run()') ?? only;
    if (run) return run;
    throw new AppError(
      'SCRIPT_AMBIGUOUS',
      `${file}:${contract.name} has no run(). Choose one of: ${all}.`,
      { field: 'sig' },
    );
  }
  const found = contract.functions.filter((f) => matches(f, sig));
  if (found.length === 1 && found[0]) return found[0];
  const what = found.length > 1 ? `several functions ${sig}` : `no function ${sig}`;
  throw new AppError(
    found.length > 1 ? 'SCRIPT_AMBIGUOUS' : 'SCRIPT_NOT_FOUND',
    `${file}:${contract.name} has ${what}. It has: ${all || 'none'}.`,
    { field: 'sig' },
  );
}

function matches(f: ScriptFunction, sig: string): boolean {
  const plain = canonical(sig);
  return f.signature === plain || f.name === plain;
}

const canonical = (sig: string): string =>
  sig
    .replaceAll(/\s+/g, '')
    .replaceAll(/\buint(?=[,)[\]]|$)/g, 'uint256')
    .replaceAll(/\bint(?=[,)[\]]|$)/g, 'int256');
