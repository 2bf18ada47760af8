import type { Expression, TypeName } from '@solidity-parser/parser/dist/src/ast-types';
import type { SourceStruct, SourceStructs, SourceType } from '../eth/inside/source-types.ts';
import type { ContractDeclaration, SourceFile, TypeDeclaration } from './source-files.ts';

/** Where a name is written: in a file, and there in a contract or in none. */
export interface NamePlace {
  file: SourceFile;
  contract: ContractDeclaration | null;
}

interface FoundType extends NamePlace {
  declaration: TypeDeclaration;
}

const UNKNOWN: SourceType = { kind: 'unknown' };
const MOST_BASES = 200;

/**
 * What names of types mean among sources that were compiled together. Imports are not followed: a
 * name that has several meanings is only told where the contract, its bases or the file decide.
 */
export class SourceTypeNames {
  readonly #files: readonly SourceFile[];
  readonly #structs: Record<string, SourceStruct> = {};
  readonly #ids = new Map<TypeDeclaration, string>();

  constructor(files: readonly SourceFile[]) {
    this.#files = files;
  }

  /** Those that types have named until now. */
  get structs(): SourceStructs {
    return this.#structs;
  }

  of(type: TypeName | null, place: NamePlace): SourceType {
    switch (type?.type) {
      case 'ElementaryTypeName':
        return elementary(type.name);
      case 'ArrayTypeName': {
        const base = this.of(type.baseTypeName, place);
        if (!type.length) return { kind: 'array', base, length: null };
        const length = lengthOf(type.length);
        return length === null ? UNKNOWN : { kind: 'array', base, length };
      }
      case 'Mapping':
        return { kind: 'mapping' };
      case 'FunctionTypeName':
        return { kind: 'function', external: type.visibility === 'external' };
      case 'UserDefinedTypeName':
        return this.#named(type.namePath, place);
      default:
        return UNKNOWN;
    }
  }

  #named(path: string, place: NamePlace): SourceType {
    const names = path.split('.');
    const name = localName(names.pop() ?? '', names.length === 0 ? place.file : null);
    const owner = names.pop();
    const found = owner
      ? this.#member(localName(owner, place.file), name, place)
      : this.#type(name, place);
    if (found) return this.#declared(name, found);
    // A contract is an address; one that shares its name with a type is not told.
    const isContract = this.#contracts(name).some(({ contract }) => contract.kind !== 'library');
    return isContract && !this.#isTypeName(name) ? { kind: 'word', name: 'address' } : UNKNOWN;
  }

  #declared(name: string, found: FoundType): SourceType {
    const { declaration } = found;
    if (declaration.kind === 'enum') return { kind: 'enum', name, members: declaration.members };
    if (declaration.kind === 'value') return elementary(declaration.base);
    const known = this.#ids.get(declaration);
    if (known !== undefined) return { kind: 'struct', id: known };
    const id = String(this.#ids.size);
    this.#ids.set(declaration, id);
    const members: { name: string; type: SourceType }[] = [];
    this.#structs[id] = { name: declaration.name, members };
    for (const { name, type } of declaration.members) {
      members.push({ name, type: this.of(type, found) });
    }
    return { kind: 'struct', id };
  }

  /** As Solidity looks up: in the contract, in what it inherits from, in the file, then elsewhere. */
  #type(name: string, { file, contract }: NamePlace): FoundType | undefined {
    if (contract) {
      const inside = this.#inLineage(name, { file, contract });
      if (inside) return inside;
    }
    const own = file.types.get(name);
    if (own) return { declaration: own, file, contract: null };
    const others = this.#files.flatMap((other): FoundType[] => {
      const declaration = other.types.get(name);
      return declaration ? [{ declaration, file: other, contract: null }] : [];
    });
    return others.length === 1 && this.#contracts(name).length === 0 ? others[0] : undefined;
  }

  #member(owner: string, name: string, { file }: NamePlace): FoundType | undefined {
    const own = file.contracts.get(owner);
    const owners = own ? [{ file, contract: own }] : this.#contracts(owner);
    const [only] = owners;
    // `alias.Name` where the whole of a file was imported under a name.
    if (owners.length === 0) return this.#type(name, { file, contract: null });
    return only && owners.length === 1 ? this.#inLineage(name, only) : undefined;
  }

  #inLineage(
    name: string,
    start: NamePlace & { contract: ContractDeclaration },
  ): FoundType | undefined {
    const open = [start];
    const seen = new Set<ContractDeclaration>();
    for (let at = open.pop(); at && seen.size < MOST_BASES; at = open.pop()) {
      if (seen.has(at.contract)) continue;
      seen.add(at.contract);
      const declaration = at.contract.types.get(name);
      if (declaration) return { declaration, file: at.file, contract: at.contract };
      for (const path of at.contract.bases) {
        const base = localName(path.split('.').at(-1) ?? '', at.file);
        const own = at.file.contracts.get(base);
        const bases = own ? [{ file: at.file, contract: own }] : this.#contracts(base);
        const [only] = bases;
        if (only && bases.length === 1) open.push(only);
      }
    }
    return undefined;
  }

  #contracts(name: string): (NamePlace & { contract: ContractDeclaration })[] {
    return this.#files.flatMap((file) => {
      const contract = file.contracts.get(name);
      return contract ? [{ file, contract }] : [];
    });
  }

  #isTypeName(name: string): boolean {
    return this.#files.some(
      ({ types, contracts }) =>
        types.has(name) || [...contracts.values()].some((one) => one.types.has(name)),
    );
  }
}

/** What a file calls by another name; `import {A as B}`. */
function localName(name: string, file: SourceFile | null): string {
  for (const { symbols } of file?.imports ?? []) {
    const symbol = symbols?.find(({ local }) => local === name);
    if (symbol) return symbol.name;
  }
  return name;
}

function lengthOf(length: Expression): number | null {
  if (length.type !== 'NumberLiteral' || !/^\d{1,9}$/.test(length.number)) return null;
  return Number(length.number);
}

function elementary(name: string): SourceType {
  if (name === 'bytes' || name === 'string') return { kind: name };
  const full = { uint: 'uint256', int: 'int256', byte: 'bytes1', 'address payable': 'address' };
  const word = full[name as keyof typeof full] ?? name;
  return /^(u?int\d+|address|bool|bytes\d+)$/.test(word) ? { kind: 'word', name: word } : UNKNOWN;
}
