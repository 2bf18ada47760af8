import type { TypeName, VariableDeclaration } from '@solidity-parser/parser/dist/src/ast-types';
import type { Parameter } from '../shared/kind.ts';
import type { ContractScope, Scope } from './scope.ts';
import type { SourceFile, TypeDeclaration } from './source-files.ts';

/** In characters: ends the doubling of structs that each contain two of the previous one. */
const LONGEST = 5000;

/**
 * ABI types of Solidity types: structs as tuples, enums as uint8, contracts as address, named value
 * types as their underlying types (https://docs.soliditylang.org/en/latest/abi-spec.html).
 * undefined when a type can't be passed from outside, is over 5,000 characters, or when its
 * declaration can't be found.
 */
export class AbiTypes {
  readonly #scope: Scope;
  /** Includes structs that are still being read: one that contains itself has no ABI type. */
  readonly #structs = new Map<TypeDeclaration, string | undefined>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  async of(
    type: TypeName | null,
    source: SourceFile,
    within?: ContractScope,
  ): Promise<string | undefined> {
    if (!type) return undefined;
    switch (type.type) {
      case 'ElementaryTypeName':
        return elementary(type.name);
      case 'ArrayTypeName': {
        const base = await this.of(type.baseTypeName, source, within);
        if (base === undefined || base.length > LONGEST) return undefined;
        if (!type.length) return `${base}[]`;
        return type.length.type === 'NumberLiteral' && /^\d+$/.test(type.length.number)
          ? `${base}[${type.length.number}]`
          : undefined;
      }
      case 'UserDefinedTypeName': {
        const found = await this.#scope.find(type.namePath, source, within);
        if (found?.kind === 'contract') {
          return found.contract.kind === 'library' ? undefined : 'address';
        }
        if (found?.kind !== 'type') return undefined;
        const { declaration } = found;
        if (declaration.kind === 'enum') return 'uint8';
        if (declaration.kind === 'value') return elementary(declaration.base);
        return this.#struct(declaration, found.source, found.within);
      }
      case 'FunctionTypeName':
        return type.visibility === 'external' ? 'function' : undefined;
      default:
        return undefined;
    }
  }

  /** A parameter with its ABI type, and the members of the enum that it is of; undefined as above. */
  async parameter(
    { name, typeName }: Pick<VariableDeclaration, 'name' | 'typeName'>,
    source: SourceFile,
    within?: ContractScope,
  ): Promise<Parameter | undefined> {
    const type = await this.of(typeName, source, within);
    if (type === undefined) return undefined;
    const members = await this.#members(typeName, source, within);
    const named = type.includes('(') ? await this.#named(typeName, source, within) : type;
    return {
      ...{ name: name ?? '', type },
      ...(members ? { members } : {}),
      ...(named !== type && named.length <= LONGEST ? { named } : {}),
    };
  }

  /** A type that `of` has found, with the names of the members of structs. */
  async #named(type: TypeName | null, source: SourceFile, within?: ContractScope): Promise<string> {
    if (type?.type === 'ArrayTypeName') {
      const length = type.length?.type === 'NumberLiteral' ? type.length.number : '';
      return `${await this.#named(type.baseTypeName, source, within)}[${length}]`;
    }
    const found =
      type?.type === 'UserDefinedTypeName'
        ? await this.#scope.find(type.namePath, source, within)
        : undefined;
    if (found?.kind !== 'type' || found.declaration.kind !== 'struct') {
      return (await this.of(type, source, within)) ?? '';
    }
    const members: string[] = [];
    for (const { name, type: inner } of found.declaration.members) {
      members.push(`${await this.#named(inner, found.source, found.within)} ${name}`.trim());
    }
    return `(${members.join(',')})`;
  }

  /** Also of a list of enums. */
  async #members(
    type: TypeName | null,
    source: SourceFile,
    within?: ContractScope,
  ): Promise<string[] | undefined> {
    if (type?.type === 'ArrayTypeName') return this.#members(type.baseTypeName, source, within);
    if (type?.type !== 'UserDefinedTypeName') return undefined;
    const found = await this.#scope.find(type.namePath, source, within);
    const declaration = found?.kind === 'type' ? found.declaration : undefined;
    return declaration?.kind === 'enum' ? declaration.members : undefined;
  }

  async #struct(
    declaration: Extract<TypeDeclaration, { kind: 'struct' }>,
    source: SourceFile,
    within?: ContractScope,
  ): Promise<string | undefined> {
    if (this.#structs.has(declaration)) return this.#structs.get(declaration);
    this.#structs.set(declaration, undefined);
    const members: string[] = [];
    let length = 2;
    for (const { type } of declaration.members) {
      const member = await this.of(type, source, within);
      if (member === undefined) return undefined;
      length += member.length + 1;
      if (length > LONGEST) return undefined;
      members.push(member);
    }
    const tuple = `(${members.join(',')})`;
    this.#structs.set(declaration, tuple);
    return tuple;
  }
}

function elementary(name: string): string | undefined {
  switch (name) {
    case 'uint':
      return 'uint256';
    case 'int':
      return 'int256';
    case 'byte':
      return 'bytes1';
    case 'address payable':
      return 'address';
    default:
      return /^(u?int\d+|address|bool|string|bytes\d*)$/.test(name) ? name : undefined;
  }
}
