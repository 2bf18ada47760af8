import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type {
  ASTNode,
  BaseASTNode,
  ContractDefinition,
  FunctionDefinition,
  SourceUnit,
  TypeName,
} from '@solidity-parser/parser/dist/src/ast-types';
import { withoutBodies } from './without-bodies.ts';

export type TypeDeclaration =
  | { kind: 'struct'; members: { name: string; type: TypeName | null }[] }
  | { kind: 'enum' }
  | { kind: 'value'; base: string };

export interface ContractDeclaration {
  name: string;
  kind: string;
  /** As written, most basic first. */
  bases: string[];
  functions: FunctionDefinition[];
  types: Map<string, TypeDeclaration>;
}

export interface Import {
  path: string;
  /** `import * as alias`. */
  alias: string | null;
  /** `import {name as local}`; null: everything. */
  symbols: { name: string; local: string }[] | null;
}

/** What a Solidity file declares, as far as the outside of a script depends on it. */
export interface SourceFile {
  file: string;
  imports: Import[];
  contracts: Map<string, ContractDeclaration>;
  types: Map<string, TypeDeclaration>;
  /** Why nothing could be read from it. */
  problem: string | undefined;
}

export type ReadSource = (file: string) => Promise<SourceFile>;

const MOST_BYTES = 2_000_000;
const MOST_KEPT = 1000;

/**
 * Parses files, and remembers them as long as they don't change. Never rejects: what can't be read
 * has a `problem`.
 */
export function sourceReader(): ReadSource {
  const kept = new Map<string, { stamp: string; source: SourceFile }>();
  return async (file) => {
    try {
      const { mtimeMs, size } = statSync(file);
      if (size > MOST_BYTES) return unreadable(file, 'The file is too big to be read as a script.');
      const stamp = `${mtimeMs}:${size}`;
      const known = kept.get(file);
      if (known?.stamp === stamp) return known.source;
      const source = await parseSource(file, await readFile(file, 'utf8'));
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(file, { stamp, source });
      return source;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return unreadable(file, `The file can't be read${code ? ` (${code})` : ''}.`);
    }
  };
}

const unreadable = (file: string, problem: string): SourceFile => ({
  file,
  imports: [],
  contracts: new Map(),
  types: new Map(),
  problem,
});

async function parseSource(file: string, text: string): Promise<SourceFile> {
  // 1 MB of grammar tables, needed only once somebody looks at scripts.
  const { parse, ParserError } = await import('@solidity-parser/parser');
  try {
    return summarize(file, parse(withoutBodies(text)));
  } catch (error) {
    // Trees of broken files have holes, over which the parser itself stumbles.
    const first = error instanceof ParserError ? error.errors[0] : undefined;
    const place = first ? `Line ${first.line}: ${first.message}.` : 'Its syntax is not understood.';
    return unreadable(file, place);
  }
}

function summarize(file: string, unit: SourceUnit): SourceFile {
  const imports: Import[] = [];
  const contracts = new Map<string, ContractDeclaration>();
  for (const node of unit.children) {
    if (node.type === 'ImportDirective') {
      imports.push({
        path: node.path,
        alias: node.unitAlias,
        symbols:
          node.symbolAliases?.map(([name, local]) => ({ name, local: local ?? name })) ?? null,
      });
    } else if (node.type === 'ContractDefinition') {
      contracts.set(node.name, contractOf(node));
    }
  }
  return { file, imports, contracts, types: typesOf(unit.children), problem: undefined };
}

function contractOf(node: ContractDefinition): ContractDeclaration {
  const parts = node.subNodes as ASTNode[];
  return {
    name: node.name,
    kind: node.kind,
    bases: node.baseContracts.map((base) => base.baseName.namePath),
    functions: parts.filter((part) => part.type === 'FunctionDefinition'),
    types: typesOf(parts),
  };
}

function typesOf(nodes: BaseASTNode[]): Map<string, TypeDeclaration> {
  const types = new Map<string, TypeDeclaration>();
  for (const node of nodes as ASTNode[]) {
    if (node.type === 'StructDefinition') {
      const members = node.members.map((m) => ({ name: m.name ?? '', type: m.typeName }));
      types.set(node.name, { kind: 'struct', members });
    } else if (node.type === 'EnumDefinition') {
      types.set(node.name, { kind: 'enum' });
    } else if (node.type === 'TypeDefinition') {
      types.set(node.name, { kind: 'value', base: node.definition.name });
    }
  }
  return types;
}
