import type { TypeName } from '@solidity-parser/parser/dist/src/ast-types';
import type { ContractScope, Scope } from './scope.ts';
import type { SourceFile } from './source-files.ts';

/**
 * The ABI type of a Solidity type: structs as tuples, enums as uint8, contracts as address, named
 * value types as what they stand for (https://docs.soliditylang.org/en/latest/abi-spec.html).
 * undefined when it can't be passed from outside, or when its declaration can't be found.
 */
export async function abiType(
  type: TypeName | null,
  scope: Scope,
  source: SourceFile,
  within?: ContractScope,
  depth = 0,
): Promise<string | undefined> {
  if (!type || depth > 20) return undefined;
  switch (type.type) {
    case 'ElementaryTypeName':
      return elementary(type.name);
    case 'ArrayTypeName': {
      const base = await abiType(type.baseTypeName, scope, source, within, depth + 1);
      if (base === undefined) return undefined;
      if (!type.length) return `${base}[]`;
      return type.length.type === 'NumberLiteral' && /^\d+$/.test(type.length.number)
        ? `${base}[${type.length.number}]`
        : undefined;
    }
    case 'UserDefinedTypeName': {
      const found = await scope.find(type.namePath, source, within);
      if (found?.kind === 'contract') {
        return found.contract.kind === 'library' ? undefined : 'address';
      }
      if (found?.kind !== 'type') return undefined;
      const { declaration } = found;
      if (declaration.kind === 'enum') return 'uint8';
      if (declaration.kind === 'value') return elementary(declaration.base);
      const members = await Promise.all(
        declaration.members.map((member) =>
          abiType(member.type, scope, found.source, found.within, depth + 1),
        ),
      );
      return members.every((member) => member !== undefined) ? `(${members.join(',')})` : undefined;
    }
    default:
      return undefined;
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
