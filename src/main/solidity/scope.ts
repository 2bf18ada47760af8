import type { ResolveImport } from './imports.ts';
import type { ContractDeclaration, SourceFile, TypeDeclaration } from './source-files.ts';

/** A contract, and the file in which its names are looked up. */
export interface ContractScope {
  source: SourceFile;
  contract: ContractDeclaration;
}

type Found =
  | ({ kind: 'contract' } & ContractScope)
  | { kind: 'type'; declaration: TypeDeclaration; source: SourceFile; within?: ContractScope }
  | { kind: 'unit'; source: SourceFile };

/** Looks names up as Solidity does: in the contract, its bases, the file, and its imports. */
export class Scope {
  readonly #read: (file: string) => Promise<SourceFile>;
  readonly #resolve: ResolveImport;
  readonly #lineages = new Map<ContractDeclaration, ContractScope[]>();

  constructor(read: (file: string) => Promise<SourceFile>, resolve: ResolveImport) {
    this.#read = read;
    this.#resolve = resolve;
  }

  /** `Name`, `Contract.Name`, `alias.Name` or `alias.Contract.Name`. */
  async find(path: string, source: SourceFile, within?: ContractScope): Promise<Found | undefined> {
    const [first = '', ...rest] = path.split('.');
    let found =
      (within && (await this.#member(within, first))) ?? (await this.#named(source, first));
    for (const name of rest) {
      if (found?.kind === 'unit') found = await this.#named(found.source, name);
      else if (found?.kind === 'contract') found = await this.#member(found, name);
      else return undefined;
    }
    return found;
  }

  /** The contract itself, then the contracts it inherits from, the most derived first. */
  async lineage(start: ContractScope): Promise<ContractScope[]> {
    const known = this.#lineages.get(start.contract);
    if (known) return known;
    const found: ContractScope[] = [];
    const visit = async (scope: ContractScope) => {
      if (found.some((one) => one.contract === scope.contract) || found.length > 200) return;
      found.push(scope);
      for (const base of scope.contract.bases.toReversed()) {
        const next = await this.find(base, scope.source);
        if (next?.kind === 'contract') await visit(next);
      }
    };
    await visit(start);
    this.#lineages.set(start.contract, found);
    return found;
  }

  /** Why a name may not be found in a file: the problem of one of its imports, a sentence. */
  async whyMissing(name: string, source: SourceFile): Promise<string | undefined> {
    const first = name.split('.')[0];
    for (const { path, symbols, alias } of source.imports) {
      const named = symbols?.some(({ local }) => local === first) ?? alias === first;
      if (!named && (symbols || alias)) continue;
      const file = this.#resolve(source.file, path);
      if (!file) return `the import ${path} was not found.`;
      const { problem } = await this.#read(file);
      if (problem !== undefined) return `${path} can't be read. ${problem}`;
    }
    return undefined;
  }

  async #member(scope: ContractScope, name: string): Promise<Found | undefined> {
    for (const within of await this.lineage(scope)) {
      const declaration = within.contract.types.get(name);
      if (declaration) return { kind: 'type', declaration, source: within.source, within };
    }
    return undefined;
  }

  async #named(
    source: SourceFile,
    name: string,
    seen = new Set<string>(),
  ): Promise<Found | undefined> {
    const key = `${source.file}\n${name}`;
    if (seen.has(key) || seen.size > 2000) return undefined;
    seen.add(key);
    const contract = source.contracts.get(name);
    if (contract) return { kind: 'contract', source, contract };
    const declaration = source.types.get(name);
    if (declaration) return { kind: 'type', declaration, source };
    for (const one of source.imports) {
      const symbol = one.symbols?.find((candidate) => candidate.local === name);
      const isUnit = one.alias === name;
      if (!symbol && !isUnit && (one.symbols || one.alias)) continue;
      const file = this.#resolve(source.file, one.path);
      if (!file) continue;
      const imported = await this.#read(file);
      if (isUnit) return { kind: 'unit', source: imported };
      const found = await this.#named(imported, symbol?.name ?? name, seen);
      if (found) return found;
    }
    return undefined;
  }
}
