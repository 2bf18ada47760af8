import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { AbiTypes } from '../../solidity/abi-types.ts';
import { type ContractScope, Scope } from '../../solidity/scope.ts';
import type { ContractDeclaration, ReadSource, SourceFile } from '../../solidity/source-files.ts';
import { artifactFunctions } from './artifact-functions.ts';
import { type FoundryConfig, readConfig } from './config.ts';
import { importsAsForge } from './imports.ts';
import { findScriptFiles } from './script-files.ts';
import type { Script, ScriptContract, ScriptFunction } from './script-list.ts';

export interface ScriptsQuestion {
  /** A file that counts as a script wherever it is, relative to the project. */
  also?: string;
  env: NodeJS.ProcessEnv;
  /** Whether forge's build results may be used for what the sources don't show. */
  asBuilt: boolean;
}

/** The most characters of everything that is listed. */
const MOST_LISTED = 1_000_000;

/**
 * Every deploy script of a project: the contracts with a `run` in its script folder, or in any
 * `*.s.sol` without such a folder. Throws NOT_A_PROJECT when foundry.toml can't be read.
 */
export async function readScripts(
  files: ProjectFiles,
  readSource: ReadSource,
  { also, env, asBuilt }: ScriptsQuestion,
): Promise<Script[]> {
  const config = readConfig(files, env);
  const reader = new ScriptReader(files, config, readSource, { also, env, asBuilt });
  const isRoot = path.resolve(files.folder, config.script) === path.resolve(files.folder);
  const made = [...config.libs, config.out, config.cache];
  const usual = findScriptFiles(files, config.script, isRoot ? made : []);
  const scripts = await reader.read(usual);
  if (!scripts.some(mayRun)) {
    const elsewhere = findScriptFiles(files, '.', made);
    const others = elsewhere.filter((file) => file.endsWith('.s.sol') && !usual.includes(file));
    scripts.push(...(await reader.read(others)));
  }
  const isListed = scripts.some(({ file }) => file === also);
  if (also !== undefined && !isListed && files.stat(also)?.isFile()) {
    const isNamedSo = also.endsWith('.s.sol');
    scripts.push({ ...(await reader.named(also)), ...(!isNamedSo && { isElsewhere: true }) });
  }
  return markDefault(scripts, path.posix.normalize(config.script.split(path.sep).join('/')));
}

const isOffered = (script: Script): boolean => script.contracts.length > 0;

/** What can't be read may be a script too, and nothing else is taken in its place. */
const mayRun = (script: Script): boolean => isOffered(script) || script.problem !== undefined;

/** `Deploy.s.sol` in the script folder, `Deploy.sol` there, or the only script. */
function markDefault(scripts: Script[], folder: string): Script[] {
  const offered = scripts.filter((one) => mayRun(one) && !one.isElsewhere);
  const named = (name: string) =>
    offered.filter(({ file }) => file === path.posix.join(folder, name));
  const ending = offered.filter(({ file }) => file.endsWith('.s.sol'));
  const [preferred] =
    [named('Deploy.s.sol'), named('Deploy.sol'), offered, ending].find(
      ({ length }) => length === 1,
    ) ?? [];
  return scripts.map((one) => ({ ...one, isDefault: one === preferred }));
}

class ScriptReader {
  readonly #files: ProjectFiles;
  readonly #config: FoundryConfig;
  readonly #source: (file: string) => Promise<SourceFile>;
  readonly #scope: Scope;
  readonly #types: AbiTypes;
  readonly #asked: ScriptsQuestion;
  #listed = 0;

  constructor(
    files: ProjectFiles,
    config: FoundryConfig,
    readSource: ReadSource,
    asked: ScriptsQuestion,
  ) {
    this.#files = files;
    this.#config = config;
    this.#source = (file) => readSource(files, file);
    this.#scope = new Scope(this.#source, importsAsForge(files, config));
    this.#types = new AbiTypes(this.#scope);
    this.#asked = asked;
  }

  /** The files with a script, or with something that looks like one. */
  async read(names: string[]): Promise<Script[]> {
    const scripts: Script[] = [];
    for (const file of names) {
      const script = await this.named(file);
      if (mayRun(script) || script.leftOut) scripts.push(script);
    }
    return scripts;
  }

  async named(file: string): Promise<Script> {
    const source = await this.#source(path.resolve(this.#files.folder, file));
    const contracts: ScriptContract[] = [];
    const leftOut: NonNullable<Script['leftOut']> = [];
    let problem = source.problem;
    for (const contract of source.contracts.values()) {
      if (contract.kind !== 'contract') continue;
      if (this.#listed > MOST_LISTED) {
        problem = 'The project has more scripts than can be listed.';
        break;
      }
      const { isScript, why, ...found } = await this.#contract(file, source, contract);
      this.#listed += JSON.stringify(found).length;
      if (isScript) contracts.push(found);
      else if (why) leftOut.push({ ...found, why });
    }
    return {
      file,
      contracts,
      isDefault: false,
      ...(leftOut.length > 0 && { leftOut }),
      ...(problem !== undefined && { problem }),
    };
  }

  /** A contract without `run` is omitted; `why` explains it for what resembles a script. */
  async #contract(
    file: string,
    source: SourceFile,
    contract: ContractDeclaration,
  ): Promise<ScriptContract & { isScript: boolean; why?: string }> {
    const { name } = contract;
    const lineage = await this.#scope.lineage({ source, contract });
    const { functions, unknown } = await this.#entryFunctions(lineage);
    const gap = (await this.#missingBase(lineage)) ?? unknown;
    const built =
      gap === undefined || !this.#asked.asBuilt
        ? undefined
        : artifactFunctions(this.#files, this.#config, file, name);
    const known = built ?? functions;
    const isScript = known.some(isRun);
    if (built || gap === undefined) {
      const looksLikeOne = file.endsWith('.s.sol') || isDerived(contract, lineage);
      const counts = file === this.#asked.also || (known.length > 0 && looksLikeOne);
      const why = counts ? 'It has no run function.' : undefined;
      return { name, functions: known, isScript, why };
    }
    if (isScript) return { name, functions, isScript, note: `${gap} There may be more functions.` };
    const assumed = { name: 'run', signature: 'run()', inputs: [] };
    return {
      name,
      functions: [assumed, ...functions],
      isScript: true,
      note: `${gap} That it has a run() is an assumption.`,
    };
  }

  /** What can be called from outside and may change state, and every `run`, which comes first. */
  async #entryFunctions(
    lineage: ContractScope[],
  ): Promise<{ functions: ScriptFunction[]; unknown?: string }> {
    const found = new Map<string, ScriptFunction>();
    let unknown: string | undefined;
    for (const within of lineage) {
      for (const one of within.contract.functions) {
        if (!isEntry(one)) continue;
        const inputs: ScriptFunction['inputs'] = [];
        for (const parameter of one.parameters) {
          const input = await this.#types.parameter(parameter, within.source, within);
          if (input) inputs.push(input);
        }
        const name = one.name ?? '';
        if (inputs.length < one.parameters.length) {
          if (name === 'run')
            unknown ??= 'A run function takes a type that was not found, or is too large.';
          continue;
        }
        const signature = `${name}(${inputs.map(({ type }) => type).join(',')})`;
        if (!found.has(signature)) found.set(signature, { name, signature, inputs });
      }
    }
    return { functions: runFirst([...found.values()]), unknown };
  }

  async #missingBase(lineage: ContractScope[]): Promise<string | undefined> {
    for (const { contract, source } of lineage) {
      for (const base of contract.bases) {
        if (await this.#scope.find(base, source)) continue;
        const why = await this.#scope.whyMissing(base, source);
        return `What ${contract.name} inherits from ${base} is not known${why ? `: ${why}` : '.'}`;
      }
    }
    return undefined;
  }
}

const isRun = ({ name }: ScriptFunction): boolean => name === 'run';

const runFirst = (functions: ScriptFunction[]): ScriptFunction[] => [
  ...functions.filter(isRun),
  ...functions.filter((one) => !isRun(one)),
];

const isDerived = (contract: ContractDeclaration, lineage: ContractScope[]): boolean =>
  lineage.some((one) => /^(Base)?Script$/.test(one.contract.name)) ||
  contract.bases.some((base) => /Script$/.test(base));

function isEntry(one: ContractDeclaration['functions'][number]): boolean {
  const callable = ['public', 'external', 'default'].includes(one.visibility);
  if (!callable || !one.name || one.isConstructor || one.isFallback || one.isReceiveEther) {
    return false;
  }
  if (!one.body || one.name === 'setUp') return false;
  const reads = ['view', 'pure', 'constant'].includes(one.stateMutability ?? '');
  return one.name === 'run' || !reads;
}
