import { AppError } from '../../kit/errors.ts';
import type { Script, ScriptFunction } from '../projects/contract.ts';

export interface ResolvedScript {
  file: string;
  contract: string;
  signature: string;
}

/**
 * Finds what a request means: `file`, `file:Contract` or nothing, and a signature, a name or
 * nothing. Throws SCRIPT_NOT_FOUND or SCRIPT_AMBIGUOUS with what there is to choose from.
 */
export function resolveScript(
  scripts: readonly Script[],
  wanted: string | undefined,
  sig: string | undefined,
): ResolvedScript {
  const colon = wanted?.lastIndexOf(':') ?? -1;
  const isPair = wanted !== undefined && colon > 0 && !/[\\/]/.test(wanted.slice(colon));
  const file = isPair ? wanted.slice(0, colon) : wanted;
  const script = findFile(scripts, file);
  if (script.problem) {
    throw new AppError('SCRIPT_NOT_FOUND', `${script.file} can't be read: ${script.problem}`, {
      field: 'script',
    });
  }
  const contract = findContract(script, isPair ? wanted.slice(colon + 1) : undefined, sig);
  return {
    file: script.file,
    contract: contract.name,
    signature: findFunction(script.file, contract, sig).signature,
  };
}

function findFile(scripts: readonly Script[], file: string | undefined): Script {
  const names = scripts.map((s) => s.file).join(', ');
  if (scripts.length === 0) {
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      'The project has no deploy script. Add one such as script/Deploy.s.sol with a run() function.',
      { field: 'script' },
    );
  }
  if (file === undefined) {
    const chosen = scripts.find((s) => s.isDefault);
    if (chosen) return chosen;
    throw new AppError(
      'SCRIPT_AMBIGUOUS',
      `The project has no script/Deploy.s.sol. Choose one of: ${names}.`,
      { field: 'script' },
    );
  }
  const wanted = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const found =
    scripts.find((s) => s.file === wanted) ?? scripts.find((s) => s.file.endsWith(`/${wanted}`));
  if (found) return found;
  throw new AppError('SCRIPT_NOT_FOUND', `There is no script ${file}. There are: ${names}.`, {
    field: 'script',
  });
}

type ScriptContract = Script['contracts'][number];

function findContract(
  script: Script,
  name: string | undefined,
  sig: string | undefined,
): ScriptContract {
  const withEntry = script.contracts.filter((c) => c.functions.length > 0);
  const names = script.contracts.map((c) => c.name).join(', ');
  if (name !== undefined) {
    const found = script.contracts.find((c) => c.name === name);
    if (found) return found;
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      `${script.file} has no contract ${name}. It has: ${names || 'none'}.`,
      { field: 'script' },
    );
  }
  const fitting =
    sig === undefined
      ? withEntry
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
  const plain = sig
    .replaceAll(/\s+/g, '')
    .replaceAll(/\buint(?=[,)[\]]|$)/g, 'uint256')
    .replaceAll(/\bint(?=[,)[\]]|$)/g, 'int256');
  return f.signature === plain || f.name === plain;
}
