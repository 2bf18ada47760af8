import path from 'node:path';
import type { Script, ScriptFunction } from '../../features/projects/contract.ts';
import { abiType } from './abi-type.ts';
import { readConfig } from './config.ts';
import { importResolver } from './imports.ts';
import { type ContractScope, Scope } from './scope.ts';
import { findScriptFiles } from './script-files.ts';
import type { ReadSource, SourceFile } from './source-files.ts';

/** Every deploy script of a project. Throws NOT_A_PROJECT when foundry.toml can't be read. */
export async function readScripts(folder: string, read: ReadSource): Promise<Script[]> {
  const config = readConfig(folder);
  const files = findScriptFiles(folder, config.script);
  const scope = new Scope(read, importResolver(folder, config));
  const usual = `${path.posix.normalize(config.script.split(path.sep).join('/'))}/Deploy.s.sol`;
  const preferred = files.includes(usual) ? usual : files.length === 1 ? files[0] : undefined;
  const scripts: Script[] = [];
  for (const file of files) {
    const source = await read(path.join(folder, file));
    scripts.push({
      file,
      contracts: await contractsOf(source, scope),
      isDefault: file === preferred,
      ...(source.problem === undefined ? {} : { problem: source.problem }),
    });
  }
  return scripts;
}

/**
 * The contracts that are scripts: they inherit from a `Script`, or have a `run`. In a file without
 * any, every contract that can be called.
 */
async function contractsOf(source: SourceFile, scope: Scope): Promise<Script['contracts']> {
  const found: { name: string; functions: ScriptFunction[]; isScript: boolean }[] = [];
  for (const contract of source.contracts.values()) {
    if (contract.kind !== 'contract') continue;
    const lineage = await scope.lineage({ source, contract });
    const functions = await entryFunctions(lineage, scope);
    if (functions.length === 0) continue;
    const isScript =
      functions.some((one) => one.name === 'run') ||
      lineage.some((one) => /^(Base)?Script$/.test(one.contract.name)) ||
      contract.bases.some((base) => /Script$/.test(base));
    found.push({ name: contract.name, functions, isScript });
  }
  const scripts = found.some((one) => one.isScript) ? found.filter((one) => one.isScript) : found;
  return scripts.map(({ name, functions }) => ({ name, functions }));
}

/** What can be called from outside and may change something; `run` before everything else. */
async function entryFunctions(lineage: ContractScope[], scope: Scope): Promise<ScriptFunction[]> {
  const found = new Map<string, ScriptFunction>();
  for (const within of lineage) {
    for (const one of within.contract.functions) {
      const callable = ['public', 'external', 'default'].includes(one.visibility);
      if (!callable || !one.name || one.isConstructor || one.isFallback || one.isReceiveEther) {
        continue;
      }
      if (!one.body || one.stateMutability === 'view' || one.stateMutability === 'pure') continue;
      if (one.stateMutability === 'constant' || one.name === 'setUp') continue;
      const types = await Promise.all(
        one.parameters.map((p) => abiType(p.typeName, scope, within.source, within)),
      );
      if (!types.every((type) => type !== undefined)) continue;
      const signature = `${one.name}(${types.join(',')})`;
      if (found.has(signature)) continue;
      found.set(signature, {
        name: one.name,
        signature,
        inputs: types.map((type, i) => ({ name: one.parameters[i]?.name ?? '', type })),
      });
    }
  }
  const functions = [...found.values()];
  return [
    ...functions.filter((one) => one.name === 'run'),
    ...functions.filter((one) => one.name !== 'run'),
  ];
}
